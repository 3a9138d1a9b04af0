// SPDX-License-Identifier: Apache-2.0
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads a secret from the keyboard without showing it.
enum HiddenInput {
    /// In milliseconds: longer than a terminal pauses within a paste, shorter than a person pauses while typing.
    private static let pause: Int32 = 200

    static var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    /// - Returns: What was typed or pasted, with spaces and inner line breaks; empty for Enter alone.
    /// - Throws: ``CommandFailure`` when it is cancelled, or the terminal can't hide what is typed.
    static func read(_ prompt: String) throws -> String {
        say(prompt)
        var usual = termios()
        guard tcgetattr(STDIN_FILENO, &usual) == 0 else { throw notSilent }
        var silent = usual
        cfmakeraw(&silent)
        silent.c_oflag = usual.c_oflag
        guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0 else { throw notSilent }
        let marksPastes = isatty(STDERR_FILENO) == 1
        if marksPastes { say(HiddenLine.pasteMarksOn) }
        defer {
            if marksPastes { say(HiddenLine.pasteMarksOff) }
            // What arrived later is thrown away, so that the shell does not take it for a command.
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &usual)
            say("\n")
        }
        return try line()
    }

    /// Throws away what was typed or pasted beyond the line that was read.
    static func discardRest() {
        if isTerminal { tcflush(STDIN_FILENO, TCIFLUSH) }
    }

    private static func line() throws -> String {
        var line = HiddenLine()
        while line.step == .open || line.step == .mayEnd {
            var wish = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            let ready = poll(&wish, 1, line.step == .mayEnd ? pause : -1)
            if ready == 0 { line.pause() }
            guard ready != 0, !(ready < 0 && errno == EINTR) else { continue }
            let bytes = arrived()
            if bytes.isEmpty { line.close() }
            for byte in bytes { line.take(byte) }
        }
        guard line.step == .ended else { throw CommandFailure("Cancelled; nothing was changed.") }
        return line.text
    }

    private static let notSilent = CommandFailure(
        "This terminal can't hide what is typed. Put the secret into a file that only you can read, and use “< file”.")

    /// On standard error, so that the output can be piped on.
    static func say(_ words: String) { FileHandle.standardError.write(Data(words.utf8)) }
}

/// The bytes that have arrived on standard input; none when it has ended.
///
/// It is outside the type so that `read` is the system's function.
private func arrived() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count = read(STDIN_FILENO, &bytes, bytes.count)
    return Array(bytes.prefix(max(0, count)))
}
