// SPDX-License-Identifier: Apache-2.0

/// The parts of a multipart/form-data body (RFC 7578), as browsers send forms with files.
struct MultipartForm: Sendable {
    struct Part: Sendable, Equatable {
        let name: String
        /// Nil for a field without a file; empty where no file was chosen.
        let fileName: String?
        let content: ArraySlice<UInt8>
    }

    enum Malformed: Error, Equatable {
        /// The Content-Type names no boundary.
        case noBoundary
        /// The body does not end with its boundary: it was cut off.
        case cutOff
        /// A part does not say which field it is.
        case noName
        /// It has more parts than people choose files.
        case tooMany
    }

    private static let mostParts = 100
    private static let mostHeaderBytes = 8_192

    let parts: [Part]

    /// - Parameter contentType: The request's, which names the boundary between the parts.
    init(_ body: [UInt8], contentType: String) throws(Malformed) {
        guard let boundary = Self.parameter("boundary", of: contentType), !boundary.isEmpty else { throw .noBoundary }
        let mark = Array("--\(boundary)".utf8)
        var rest = body[...]
        guard let first = Self.range(of: mark, in: rest) else { throw .cutOff }
        rest = rest[first.upperBound...]
        var parts: [Part] = []
        // Two hyphens behind the boundary end the body.
        while !rest.starts(with: [45, 45]) {
            // What only begins like the boundary belongs to the content.
            let isBoundary = { (behind: ArraySlice<UInt8>) in
                behind.starts(with: [45, 45]) || behind.starts(with: [13, 10])
            }
            guard let end = Self.range(of: [13, 10] + mark, in: rest, isWhole: isBoundary) else { throw .cutOff }
            guard parts.count < Self.mostParts else { throw .tooMany }
            parts.append(try Self.part(rest[..<end.lowerBound]))
            rest = rest[end.upperBound...]
        }
        self.parts = parts
    }

    /// The first text of a field.
    subscript(_ name: String) -> String? {
        parts.first { $0.name == name && $0.fileName == nil }.map { String(decoding: $0.content, as: UTF8.self) }
    }

    /// The files that were chosen.
    var files: [Part] { parts.filter { $0.fileName?.isEmpty == false } }

    private static func part(_ bytes: ArraySlice<UInt8>) throws(Malformed) -> Part {
        // A header is short; the content behind it is not searched for its end.
        guard let end = range(of: [13, 10, 13, 10], in: bytes.prefix(mostHeaderBytes)) else { throw .noName }
        let lines = bytes[..<end.lowerBound].split(whereSeparator: { $0 == 13 || $0 == 10 })
            .map { String(decoding: $0, as: UTF8.self) }
        let field = lines.first { $0.lowercased().hasPrefix("content-disposition:") } ?? ""
        guard let name = parameter("name", of: field) else { throw .noName }
        return Part(name: name, fileName: parameter("filename", of: field), content: bytes[end.upperBound...])
    }

    /// A parameter of a header field, in quotes or not; browsers write a quote in a name as `%22`.
    private static func parameter(_ name: String, of field: String) -> String? {
        var rest = field[...]
        while let semicolon = rest.firstIndex(of: ";") {
            rest = rest[rest.index(after: semicolon)...].drop { $0 == " " }
            guard rest.prefix(name.count + 1).lowercased() == "\(name)=" else {
                rest = afterValue(rest)
                continue
            }
            rest = rest.dropFirst(name.count + 1)
            guard rest.first == "\"" else { return String(rest.prefix { $0 != ";" && $0 != " " }) }
            return String(rest.dropFirst().prefix { $0 != "\"" }).replacing("%22", with: "\"").replacing(
                "%0D%0A", with: " ")
        }
        return nil
    }

    /// What follows a parameter's value; a semicolon within quotes belongs to it.
    private static func afterValue(_ text: Substring) -> Substring {
        guard let equals = text.firstIndex(where: { $0 == "=" || $0 == ";" }), text[equals] == "=" else { return text }
        let value = text[text.index(after: equals)...]
        guard value.first == "\"" else { return value }
        return value.dropFirst().drop { $0 != "\"" }
    }

    private static func range(
        of needle: [UInt8], in bytes: ArraySlice<UInt8>, isWhole: (ArraySlice<UInt8>) -> Bool = { _ in true }
    ) -> Range<Int>? {
        guard let first = needle.first else { return nil }
        var start = bytes.startIndex
        while let found = bytes[start...].firstIndex(of: first) {
            guard bytes.endIndex - found >= needle.count else { return nil }
            let end = found + needle.count
            if bytes[found..<end].elementsEqual(needle), isWhole(bytes[end...]) { return found..<end }
            start = found + 1
        }
        return nil
    }
}
