// SPDX-License-Identifier: Apache-2.0
import Foundation
import Logging

/// Writes each entry of the log to standard error, as one line whatever its values are: a line break in a value would let
/// somebody write entries of their own.
struct LogLines: TextOutputStream, Sendable {
    func write(_ text: String) {
        // A log that can't be written must not end the program.
        try? FileHandle.standardError.write(contentsOf: Data((Self.line(text) + "\n").utf8))
    }

    /// Without the line break at its end; every other one, and every other control character, is written out.
    static func line(_ text: String) -> String {
        var line = ""
        for scalar in (text.hasSuffix("\n") ? text.dropLast() : text[...]).unicodeScalars {
            switch scalar {
            case "\n": line += "\\n"
            case "\r": line += "\\r"
            case "\t": line += "\\t"
            case _ where isBreaking(scalar): line += "\\u{\(String(scalar.value, radix: 16))}"
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    /// Terminals obey control characters, and other programs end lines at these two.
    private static func isBreaking(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control || scalar == "\u{2028}" || scalar == "\u{2029}"
    }
}

extension Logger {
    /// The log of this program.
    static func daybook(_ level: Logger.Level) -> Logger {
        var logger = Logger(label: "daybook") { StreamLogHandler(label: $0, stream: LogLines()) }
        logger.logLevel = level
        return logger
    }
}
