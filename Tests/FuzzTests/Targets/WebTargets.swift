// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import NIOCore

extension FuzzTarget {
    /// A form's body, or a query.
    static let form = FuzzTarget(name: "form") { bytes in
        let fields = FormFields(parsing: String(decoding: bytes, as: UTF8.self))
        let parts = bytes.split(separator: UInt8(ascii: "&"))
        try promise(fields.values.values.map(\.count).reduce(0, +) == parts.count, "fields were lost")
        for name in fields.values.keys {
            try promise(fields[name] != "", "an empty field counts as given")
            try promise(fields.all(name).count >= 1, "a field without values")
        }
    }

    /// What was read of a form with files is the same when it is written and read again.
    static let multipart = FuzzTarget(name: "multipart") { bytes in
        let read: MultipartForm
        do throws(MultipartForm.Malformed) {
            read = try MultipartForm(bytes, contentType: "multipart/form-data; boundary=x")
        } catch {
            return
        }
        var text: [UInt8] = []
        for part in read.parts {
            text += Array("--other-boundary\r\nContent-Disposition: form-data; name=\"\(quoted(part.name))\"".utf8)
            if let file = part.fileName { text += Array("; filename=\"\(quoted(file))\"".utf8) }
            text += Array("\r\n\r\n".utf8) + part.content + [13, 10]
        }
        text += Array("--other-boundary--\r\n".utf8)
        // The input may hold the other boundary, too.
        guard !String(decoding: bytes, as: UTF8.self).contains("--other") else { return }
        let again = try MultipartForm(text, contentType: "multipart/form-data; boundary=\"other-boundary\"")
        try promise(
            again.parts.map(\.content).map(Array.init) == read.parts.map(\.content).map(Array.init), "contents differ")
        try promise(again.files.count == read.files.count, "files were lost")
    }

    private static func quoted(_ text: String) -> String {
        text.replacing("\"", with: "%22").filter { !$0.isNewline && $0 != "\\" }
    }

    /// What a browser keeps and sends back.
    static let cookies = FuzzTarget(name: "cookies") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        if let flash = Flash(text: text) {
            try promise(Flash(text: flash.text()) == flash, "it is not the same when it is written and read again")
        }
        let seal = SessionSeal(key: Array(repeating: 7, count: 32))
        let browser = BrowserSession(secret: Secret("browser"), isNew: false)
        try promise(!seal.isValid(text, of: "text", for: .flash, browser: browser), "a signature that nobody made")
        let signature = seal.sign(text, for: .flash, browser: browser)
        try promise(seal.isValid(signature, of: text, for: .flash, browser: browser), "its own signature is refused")
        try promise(!seal.isValid(signature, of: text, for: .form, browser: browser), "a signature for two purposes")
    }

    /// Where somebody goes on after a sign-in, whence a request came, and through which proxies.
    static let places = FuzzTarget(name: "places") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        if let path = LocalPath(text) {
            try promise(
                path.text.hasPrefix("/") && !path.text.hasPrefix("//"), "it may be another site's: \(path.text)")
            try promise(LocalPath(path.text) == path, "\(path.text) is not read again")
        }
        if let origin = WebOrigin(header: text) {
            try promise(WebOrigin(header: origin.description) == origin, "\(origin) is not read again")
        }
        if let digits = HexDigits.bytes(text) {
            try promise(HexDigits.text(digits) == text.lowercased(), "\(text) are other digits")
        }
        if let peer = IPAddress("192.0.2.1"), let proxy = AddressRange("10.0.0.0/8") {
            let proxies = TrustedProxies([proxy])
            try promise(proxies.client(peer: peer, forwardedFor: [text]) == peer, "a stranger's word is believed")
        }
    }

    /// A packed body, at once and in pieces.
    static let gzip = FuzzTarget(name: "gzip") { bytes in
        let limits = GzipInflater.Limits(size: 1 << 18, ratio: 100, unsuspicious: 1 << 12)
        let (whole, failure) = inflated(bytes, limits, size: max(1, bytes.count))
        let (parts, otherFailure) = inflated(bytes, limits, size: 1 + choice(bytes, below: 40))
        try promise((failure == nil) == (otherFailure == nil) || isDense(failure, otherFailure), "only one succeeds")
        if failure == nil, otherFailure == nil { try promise(whole == parts, "whole and in pieces differ") }
        let packed = try GzipPacking.packed(bytes)
        let (unpacked, refusal) = inflated(packed, limits, size: 1 + choice(bytes, below: 40))
        try promise(
            refusal == .tooDense || refusal == .tooLarge || unpacked == ByteBuffer(bytes: bytes),
            "packed and unpacked, it differs")
        try promise((whole?.readableBytes ?? 0) <= limits.size, "it is larger than allowed")
    }

    /// Whether a body was too dense: while it arrives, fewer packed bytes are known than at its end.
    private static func isDense(_ one: GzipInflater.Failure?, _ other: GzipInflater.Failure?) -> Bool {
        one == .tooDense || other == .tooDense
    }

    private static func inflated(
        _ bytes: [UInt8], _ limits: GzipInflater.Limits, size: Int
    ) -> (ByteBuffer?, GzipInflater.Failure?) {
        do {
            let inflater = try GzipInflater(limits)
            var left = bytes[...]
            while !left.isEmpty {
                try inflater.append(ByteBuffer(bytes: left.prefix(size)))
                left = left.dropFirst(size)
            }
            return (try inflater.finish(), nil)
        } catch let failure as GzipInflater.Failure {
            return (nil, failure)
        } catch {
            return (nil, .damaged)
        }
    }
}
