// SPDX-License-Identifier: Apache-2.0

/// A secret as a terminal sends it, byte by byte, up to the Enter that ends it.
///
/// It does no I/O. A pasted text may have line breaks inside, and what comes after one must get neither into the next
/// question nor to the shell. Terminals that were asked to mark a paste say where it begins and ends; for others,
/// an Enter ends the line only if nothing follows it at once.
struct HiddenLine {
    enum Step: Equatable {
        /// More is to come.
        case open
        /// Ended by an Enter, unless more follows at once.
        case mayEnd
        case ended
        case cancelled
    }

    /// Ask a terminal to mark pastes, and to stop marking them.
    static let pasteMarksOn = "\u{1B}[?2004h"
    static let pasteMarksOff = "\u{1B}[?2004l"

    private(set) var step = Step.open
    private var bytes: [UInt8] = []
    private var isPasting = false
    private var escape: [UInt8] = []

    /// With its line breaks, except the last one.
    var text: String { String(decoding: bytes, as: UTF8.self).trimmingLastBreaks() }

    mutating func take(_ byte: UInt8) {
        guard step != .ended, step != .cancelled else { return }
        if !escape.isEmpty { return takeEscape(byte) }
        switch byte {
        case 0x1B: escape = [byte]
        case 0x0A, 0x0D: takeBreak()
        case 0x03: step = .cancelled
        case 0x04 where !isPasting: step = bytes.isEmpty ? .cancelled : .ended
        case 0x08, 0x7F: erase()
        case 0x15 where !isPasting: bytes.removeAll()
        case 0x09, 0x20...: add(byte)
        default: break
        }
    }

    /// Nothing followed for a moment.
    mutating func pause() {
        if step == .mayEnd { step = .ended }
    }

    /// Nothing will ever follow.
    mutating func close() { step = bytes.isEmpty ? .cancelled : .ended }

    private mutating func add(_ byte: UInt8) {
        step = .open
        bytes.append(byte)
    }

    private mutating func takeBreak() {
        bytes.append(0x0A)
        if !isPasting { step = .mayEnd }
    }

    /// Removes a whole character, not a byte.
    private mutating func erase() {
        step = .open
        while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
    }

    /// Arrow keys and the like are no part of a secret.
    private mutating func takeEscape(_ byte: UInt8) {
        escape.append(byte)
        if escape.count == 2, byte == UInt8(ascii: "[") || byte == UInt8(ascii: "O") { return }
        guard (0x40...0x7E).contains(byte) || escape.count > 8 else { return }
        if escape == Self.pasteBegins { isPasting = true }
        if escape == Self.pasteEnds { isPasting = false }
        escape = []
    }

    private static let pasteBegins = Array("\u{1B}[200~".utf8)
    private static let pasteEnds = Array("\u{1B}[201~".utf8)
}

extension String {
    fileprivate func trimmingLastBreaks() -> String {
        var text = self
        while text.last?.isNewline == true { text.removeLast() }
        return text
    }
}
