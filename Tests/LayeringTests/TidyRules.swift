// SPDX-License-Identifier: Apache-2.0

extension TidyRule {
    /// The rules of the house that a compiler does not know.
    static let all: [TidyRule] = [
        TidyRule(
            "only the commands write to the terminal; elsewhere throw, return or emit a notice",
            words: ["print(", "debugPrint(", "dump("]
        ) { isSource($0) && !isCommand($0) },
        TidyRule(
            "the core is told the time and given its ids by ports (Ports.swift)",
            words: [
                "Date()", "Date.init()", "Date.now", "UUID()", "UUID.init()", "Date(timeIntervalSinceNow",
                "ContinuousClock", "SuspendingClock", "SystemRandomNumberGenerator", "ProcessInfo",
            ]
        ) { $0.hasPrefix("Sources/Daybook/") },
        TidyRule(
            "the core starts no task and holds no timer; a step does one act and answers when to wake",
            words: ["Task {", "Task.detached", "Task.sleep", "Timer.", "DispatchQueue"]
        ) { $0.hasPrefix("Sources/Daybook/") },
        TidyRule(
            "money is integer minor units; no floating point near it",
            words: ["Double", "Float", "CGFloat", "Float80", "Float16"]
        ) { path in ["Books", "Posting"].contains { path.hasPrefix("Sources/Daybook/\($0)/") } },
        TidyRule(
            "handle the error or let it be thrown", words: ["try!", "as!", "fatalError("]
        ) { isSource($0) },
        TidyRule(
            "an open end belongs in an issue, not in the code", words: ["TODO", "FIXME", "XXX", "HACK"],
            readsProse: true
        ) { isSource($0) || $0.hasPrefix("Tests/") && !$0.hasPrefix("Tests/LayeringTests/") },
        TidyRule(
            "tests are told by their clock or by an answer when to go on; they never wait by the wall",
            words: ["Task.sleep", "Thread.sleep", "usleep", "sleep("]
        ) { $0.hasPrefix("Tests/") },
    ]

    /// Words that say what a thing is like, not what it is.
    static let vagueEndings = ["Manager", "Helper", "Helpers", "Util", "Utils", "Service", "Handler", "Impl"]

    /// Types whose name ends in one of the vague words.
    static func vagueNames(in file: SourceFile) -> [Violation] {
        file.code.enumerated().compactMap { index, line in
            guard let name = declaredType(in: line), vagueEndings.contains(where: name.hasSuffix) else { return nil }
            return Violation(file.path, line: index + 1, "\(name): name the thing, not its rank")
        }
    }

    /// The first line names the licence.
    static func missingLicence(in file: SourceFile) -> [Violation] {
        let expected = "// SPDX-License-Identifier: Apache-2.0"
        if file.lines.first == expected || file.lines.first?.hasPrefix("// swift-tools-version") == true { return [] }
        return [Violation(file.path, line: 1, "the first line must be `\(expected)`")]
    }

    private static func declaredType(in line: String) -> Substring? {
        let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }
        let kinds: Set<Substring> = ["struct", "class", "actor", "enum", "protocol", "typealias"]
        guard let kind = words.firstIndex(where: kinds.contains), kind + 1 < words.count else { return nil }
        return words[kind + 1]
    }

    private static func isSource(_ path: String) -> Bool { path.hasPrefix("Sources/") }

    private static func isCommand(_ path: String) -> Bool {
        path.hasPrefix("Sources/DaybookCLI/") || path.hasPrefix("Sources/SandboxCLI/")
    }
}
