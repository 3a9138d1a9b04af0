// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Logging

/// Writes each entry of the log to standard error, as one line whatever its values are: a line break in a value would
/// let somebody write entries of their own.
struct LogLines: TextOutputStream, Sendable {
    func write(_ text: String) { Self.append(Self.line(text)) }

    /// Writes a line that has no line break in it.
    static func append(_ line: String) {
        // A log that can't be written must not end the program.
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
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
    static func isBreaking(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control || scalar == "\u{2028}" || scalar == "\u{2029}"
    }
}

extension Logger {
    /// The log of this program.
    static func daybook(_ level: Logger.Level, _ format: LogFormat) -> Logger {
        var logger = Logger(label: "daybook") { label -> any LogHandler in
            switch format {
            case .lines: StreamLogHandler(label: label, stream: LogLines(), metadataProvider: .request)
            case .json: JSONLog(label: label, metadataProvider: .request) { LogLines.append($0) }
            }
        }
        logger.logLevel = level
        return logger
    }
}

extension Logger.MetadataProvider {
    /// The number of the request that the task answers.
    static let request = Logger.MetadataProvider {
        RequestNumber.current.map { ["request": "\($0.text)"] } ?? [:]
    }
}
