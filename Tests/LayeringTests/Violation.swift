// SPDX-License-Identifier: Apache-2.0
import Testing

/// A line that breaks a rule, and which rule.
struct Violation: CustomStringConvertible {
    let path: String
    let line: Int
    let rule: String

    init(_ path: String, line: Int, _ rule: String) {
        self.path = path
        self.line = line
        self.rule = rule
    }

    var description: String { "\(path):\(line): \(rule)" }

    /// One issue for each, so that all are seen at once.
    static func report(_ violations: [Violation]) {
        for violation in violations { Issue.record("\(violation)") }
    }
}
