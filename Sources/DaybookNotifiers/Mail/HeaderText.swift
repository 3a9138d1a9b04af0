// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Text in a header line: it can't begin another header, and letters beyond ASCII are encoded by RFC 2047.
enum HeaderText {
    /// Line breaks and other control characters become spaces.
    static func oneLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? " " : $0 }))
    }

    /// - Parameter after: How many characters of the first line are taken by the header's name.
    static func encoded(_ text: String, after taken: Int = 0) -> String {
        let line = oneLine(text)
        let isPlain = line.unicodeScalars.allSatisfy { $0.isASCII } && !line.contains("=?")
        if isPlain, taken + line.utf8.count <= 990 { return line }
        return words(of: line, first: 45 - taken).map { "=?utf-8?B?\(Data($0.utf8).base64EncodedString())?=" }
            .joined(separator: "\n ")
    }

    /// Pieces of at most 45 bytes, which make encoded words of at most 75 characters, cut between characters.
    private static func words(of line: String, first: Int) -> [String] {
        var words: [String] = []
        var word = ""
        var room = first
        for scalar in line.unicodeScalars {
            let size = String(scalar).utf8.count
            if size > room, !word.isEmpty {
                words.append(word)
                word = ""
                room = 45
            }
            word.unicodeScalars.append(scalar)
            room -= size
        }
        return words + [word]
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
