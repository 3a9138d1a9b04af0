// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Fault: Decodable {
    /// Reads the value of `Fault` or `fault`, in either case of its keys.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: AnyKey.self)
        let type = try fields.key(ignoringCase: "type").flatMap { try fields.decodeIfPresent(String.self, forKey: $0) }
        let errors = try fields.key(ignoringCase: "Error").flatMap {
            try fields.decodeIfPresent([ReasonWire].self, forKey: $0)
        }
        self.init(type: type ?? "", reasons: (errors ?? []).map(\.reason))
    }

    /// Finds the fault in an answer: JSON with `Fault` or `fault`, XML, or HTML, which gives a fault without reasons.
    ///
    /// Nil if the answer holds none.
    public init?(parsing body: [UInt8]) {
        switch body.first(where: { !$0.isASCIIWhitespace }) {
        case UInt8(ascii: "{"):
            // Other JSON holds no fault; the caller decides what it is instead.
            guard let envelope = try? JSONDecoder().decode(FaultEnvelope.self, from: Data(body)) else { return nil }
            self = envelope.fault
        case UInt8(ascii: "<"):
            guard let fault = FaultMarkup.fault(in: String(decoding: body, as: UTF8.self)) else { return nil }
            self = fault
        default:
            return nil
        }
    }

    /// Takes tokens out of the details: the gateway quotes the expired one in full.
    init(type: String, reasons: [Reason]) {
        let isAboutTokens = type.lowercased().hasPrefix("authentication")
        self.init(type: type, errors: isAboutTokens ? reasons.map(\.withoutTokens) : reasons)
    }
}

extension UInt8 {
    var isASCIIWhitespace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}

extension Fault.Reason {
    fileprivate var withoutTokens: Fault.Reason {
        let words = detail.split(separator: " ", omittingEmptySubsequences: false)
        let kept = words.map { $0.utf8.count >= 20 ? "[removed]" : String($0) }
        return Fault.Reason(message: message, detail: kept.joined(separator: " "), code: code, element: element)
    }
}

private struct FaultEnvelope: Decodable {
    let fault: Fault

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: AnyKey.self)
        guard let key = fields.key(ignoringCase: "Fault") else {
            throw DecodingError.keyNotFound(
                AnyKey("Fault"), .init(codingPath: decoder.codingPath, debugDescription: "there is no fault"))
        }
        fault = try fields.decode(Fault.self, forKey: key)
    }
}

private struct ReasonWire: Decodable {
    let reason: Fault.Reason

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: AnyKey.self)
        func text(_ name: String) throws -> String? {
            guard let key = fields.key(ignoringCase: name), try !fields.decodeNil(forKey: key) else { return nil }
            // The code is a string by Intuit's schema; a bare number is read too.
            if let number = try? fields.decode(Int.self, forKey: key) { return String(number) }
            return try fields.decode(String.self, forKey: key)
        }
        let element = try text("element")
        reason = Fault.Reason(
            message: try text("Message") ?? "", detail: try text("Detail") ?? "", code: try text("code") ?? "",
            element: element?.isEmpty == true ? nil : element)
    }
}
