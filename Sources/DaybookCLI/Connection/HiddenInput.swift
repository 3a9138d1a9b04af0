// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A secret from the keyboard, without showing it, or a line of standard input.
enum HiddenInput {
    static var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    /// - Throws: ``CommandFailure`` when there is nothing to read.
    static func read(_ prompt: String) throws -> Secret {
        guard isTerminal else { return try line() }
        // On standard error, so that the output can be piped on.
        FileHandle.standardError.write(Data(prompt.utf8))
        var usual = termios()
        guard tcgetattr(STDIN_FILENO, &usual) == 0 else { return try line() }
        var silent = usual
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &usual)
            FileHandle.standardError.write(Data("\n".utf8))
        }
        return try line()
    }

    private static func line() throws -> Secret {
        guard let line = readLine(), !line.isEmpty else {
            throw CommandFailure("Nothing was entered; nothing was changed.")
        }
        return Secret(line)
    }
}
