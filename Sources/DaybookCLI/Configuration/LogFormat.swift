// SPDX-License-Identifier: Apache-2.0

/// How the log is written.
enum LogFormat: String, CaseIterable, Sendable {
    /// For people: time, level, values and message.
    case lines
    /// For programs: a JSON object in each line.
    case json
}
