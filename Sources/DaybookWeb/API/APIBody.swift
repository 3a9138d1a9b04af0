// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// Reads the body of an API call, and says in words what is wrong with it.
package enum APIBody {
    package static let sizeLimit = 32 << 20

    static func bytes(_ request: Request) async throws -> [UInt8] {
        let tooLarge = HTTPProblem(
            .contentTooLarge, "The body is too large", "Split it; one call takes up to \(sizeLimit >> 20) MiB.")
        return Array(buffer: try await request.wholeBody(upTo: sizeLimit, tooLarge: tooLarge))
    }

    /// A file of transactions, which may be packed with gzip.
    static func file(_ request: Request) async throws -> [UInt8] {
        let tooLarge = HTTPProblem(
            .contentTooLarge, "The file is too large",
            """
            One call takes up to \(sizeLimit >> 20) MiB, unpacked; nothing was taken. Split the file and send its parts \
            one after the other, or stop the server and use daybook import, which takes files of any size straight \
            into the data folder.
            """)
        let limits = GzipInflater.Limits(size: sizeLimit, ratio: 200)
        return Array(buffer: try await request.unpackedBody(upTo: limits, tooLarge: tooLarge))
    }

    /// A JSON object of known members.
    static func json<Body: Decodable>(_ request: Request, as type: Body.Type) async throws -> Body {
        try requireJSON(request)
        return try decoded(try await bytes(request), as: type)
    }

    /// - Throws: ``HTTPProblem`` with what is wrong, in words.
    static func decoded<Body: Decodable>(_ bytes: [UInt8], as type: Body.Type) throws -> Body {
        do {
            return try JSONDecoder().decode(Body.self, from: Data(bytes))
        } catch let error as DecodingError {
            throw problem(error)
        } catch let error as RefusedValue {
            throw problem(error.codingPath, error.value, error.remedy)
        }
    }

    static func requireJSON(_ request: Request) throws {
        guard mediaTypeName(of: request) == "application/json" else {
            throw HTTPProblem(.unsupportedMediaType, "Not JSON", "Send the body as Content-Type: application/json.")
        }
    }

    private static func problem(_ error: DecodingError) -> HTTPProblem {
        let (field, remedy): (String, String) =
            switch error {
            case .keyNotFound(let key, let context):
                (path(context.codingPath + [key]), "this member is missing; add it")
            case .typeMismatch(let type, let context): (path(context.codingPath), "write \(name(of: type))")
            case .valueNotFound(let type, let context): (path(context.codingPath), "write \(name(of: type)), not null")
            // Without a path it comes from the parser, which does not say where the mistake is.
            case .dataCorrupted(let context):
                context.codingPath.isEmpty
                    ? ("body", "write JSON; check quotes, commas, brackets and how large its numbers are")
                    : (path(context.codingPath), context.debugDescription)
            @unknown default: ("body", "write JSON as the API's description has it")
            }
        return problem(field, "", remedy)
    }

    private static func problem(_ keys: [any CodingKey], _ value: String, _ remedy: String) -> HTTPProblem {
        problem(path(keys), value, remedy)
    }

    private static func problem(_ field: String, _ value: String, _ remedy: String) -> HTTPProblem {
        HTTPProblem(
            .unprocessableContent, "The body can't be read", "\(field): \(remedy). Nothing was changed.",
            problems: [IntakeProblem(line: nil, field: field, value: value, remedy: remedy)])
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        let text = keys.reduce("") { text, key in
            if let index = key.intValue { return "\(text)[\(index)]" }
            let name = SecretShape.shown(key.stringValue)
            return text.isEmpty ? name : "\(text).\(name)"
        }
        return text.isEmpty ? "body" : text
    }

    private static func name(of type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a text"
        case is Int.Type, is Int64.Type: "a whole number"
        case is any Sequence.Type: "a list"
        default: "an object"
        }
    }
}

extension Decoder {
    /// The object's members; an unknown one is refused, so that a misspelt name is noticed.
    func knownMembers<Keys: CodingKey & CaseIterable>(_ keys: Keys.Type) throws -> KeyedDecodingContainer<Keys> {
        let known = Set(Keys.allCases.map(\.stringValue))
        let all = try container(keyedBy: AnyMember.self)
        for key in all.allKeys.sorted(by: { $0.stringValue < $1.stringValue }) where !known.contains(key.stringValue) {
            let remedy = "this member is not known here; use \(known.sorted().joined(separator: ", "))"
            throw DecodingError.dataCorrupted(.init(codingPath: codingPath + [key], debugDescription: remedy))
        }
        return try container(keyedBy: keys)
    }
}

/// An object without members.
struct EmptyBody: Decodable {
    init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: AnyMember.self).allKeys
        guard let key = keys.min(by: { $0.stringValue < $1.stringValue }) else { return }
        throw DecodingError.dataCorrupted(
            .init(codingPath: [key], debugDescription: "this member is not known here; send {}"))
    }
}

private struct AnyMember: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
