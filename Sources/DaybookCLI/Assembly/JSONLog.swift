// SPDX-License-Identifier: Apache-2.0
import Foundation
import Logging

/// Writes each entry of the log as one line of JSON: `time`, `level`, `logger`, `message`, and the entry's own values
/// by their names.
struct JSONLog: LogHandler {
    var logLevel: Logger.Level = .info
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let write: @Sendable (String) -> Void

    /// - Parameter write: Is given each line, without a line break.
    init(label: String, metadataProvider: Logger.MetadataProvider?, write: @escaping @Sendable (String) -> Void) {
        self.label = label
        self.metadataProvider = metadataProvider
        self.write = write
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var values = metadata
        values.merge(metadataProvider?.get() ?? [:]) { $1 }
        values.merge(event.metadata ?? [:]) { $1 }
        if let error = event.error { values["error"] = "\(error)" }
        write(
            JSONLogLine(at: Date(), level: event.level, label: label, message: "\(event.message)", values: values).text)
    }
}

/// One entry as JSON.
struct JSONLogLine {
    let text: String

    init(at: Date, level: Logger.Level, label: String, message: String, values: Logger.Metadata) {
        let time = at.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        let standard = [("time", time), ("level", level.rawValue), ("logger", label), ("message", message)]
        let names = Set(standard.map(\.0))
        let members =
            standard.map { "\(Self.quoted($0.0)):\(Self.quoted($0.1))" }
            + values.sorted { $0.key < $1.key }.map { key, value in
                // A library's value must not take the place of a standard member.
                "\(Self.quoted(names.contains(key) ? "value_\(key)" : key)):\(Self.json(value))"
            }
        text = "{\(members.joined(separator: ","))}"
    }

    private static func json(_ value: Logger.MetadataValue) -> String {
        switch value {
        case .string(let text): quoted(text)
        // A secret's own description says that it is redacted.
        case .stringConvertible(let value): quoted("\(value)")
        case .array(let values): "[\(values.map(json).joined(separator: ","))]"
        case .dictionary(let values):
            "{"
                + values.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(json($0.value))" }
                .joined(separator: ",") + "}"
        }
    }

    /// As a JSON string without any character that ends a line or that a terminal obeys.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where LogLines.isBreaking(scalar): quoted += "\\u" + fourDigits(scalar.value)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// All scalars that are written so have at most four.
    private static func fourDigits(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
