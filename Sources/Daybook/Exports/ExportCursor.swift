// SPDX-License-Identifier: Apache-2.0

/// A place in a list of exports as a text, such as `older-986925-3f9a2c1b-77aa`, for addresses, programs and commands.
///
/// It contains a checksum of its list's filter, because the same place in another list would skip exports. It is no
/// secret and grants no rights: a made-up one shows no more than the list does.
package struct ExportCursor: Sendable, Equatable {
    package let text: String

    /// - Returns: Nil for the newest, which needs no cursor.
    package init?(_ place: ExportPlace, in filter: ExportFilter) {
        guard let place = Self.text(of: place) else { return nil }
        let body = "\(place)-\(Self.hex(Self.sum(Self.words(of: filter)), digits: 8))"
        text = "\(body)-\(Self.check(body))"
    }

    /// Reads a cursor.
    ///
    /// - Throws: ``ExportCursorRefused`` when the text is no cursor, or one of a list with another filter.
    package static func place(in text: String, of filter: ExportFilter) throws(ExportCursorRefused) -> ExportPlace {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard let check = parts.last, parts.count == 4 || parts.count == 3,
            check == Self.check(parts.dropLast().joined(separator: "-")),
            let place = place(parts[0], parts.count == 4 ? parts[1] : nil)
        else { throw ExportCursorRefused(text: text, reason: .noCursor) }
        guard ExportCursor(place, in: filter)?.text == text else {
            throw ExportCursorRefused(text: text, reason: .otherFilter)
        }
        return place
    }

    private static func text(of place: ExportPlace) -> String? {
        switch place {
        case .newest: nil
        case .oldest: "oldest"
        case .olderThan(let serial): "older-\(serial)"
        case .newerThan(let serial): "newer-\(serial)"
        }
    }

    private static func place(_ word: String, _ key: String?) -> ExportPlace? {
        if word == "oldest", key == nil { return .oldest }
        guard let serial = key.flatMap({ Int64($0) }), serial > 0 else { return nil }
        return switch word {
        case "older": .olderThan(serial)
        case "newer": .newerThan(serial)
        default: nil
        }
    }

    /// All that narrows the list; the size of a page does not.
    private static func words(of filter: ExportFilter) -> String {
        let parts = [
            filter.state?.rawValue, filter.store?.description, filter.connection.map { String($0.value) },
            filter.search,
        ]
        return parts.map { $0.map { "=\($0)" } ?? "" }.joined(separator: "\n")
    }

    private static func check(_ body: String) -> String { hex(sum(body), digits: 4) }

    /// FNV-1a: it finds typing mistakes, and is the same on every machine.
    private static func sum(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    private static func hex(_ sum: UInt64, digits: Int) -> String {
        let text = String(sum, radix: 16)
        return String((String(repeating: "0", count: 16 - text.count) + text).suffix(digits))
    }
}

/// A cursor that can't be followed.
package struct ExportCursorRefused: Error, Sendable, Equatable {
    package enum Reason: Sendable {
        /// Made up, or cut.
        case noCursor
        case otherFilter
    }

    package let text: String
    package let reason: Reason

    /// What is wrong and what to do; a long cursor is cut to 60 characters.
    package var message: String {
        let shown = text.unicodeScalars.filter { $0.value > 31 && $0.value != 127 }.prefix(60)
        let said = "cursor says “\(String(String.UnicodeScalarView(shown)))”, "
        return switch reason {
        case .noCursor:
            said + """
                which is no place in a list of exports: it was made up, or cut. Leave cursor out to begin with the \
                newest exports, and use the cursors in that answer unchanged.
                """
        case .otherFilter:
            said + """
                which belongs to a list with another filter. Give it with the state, store, connection and search that \
                it came with, or leave cursor out to begin with the newest exports.
                """
        }
    }
}
