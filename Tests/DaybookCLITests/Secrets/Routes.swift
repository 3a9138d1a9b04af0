// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The addresses of Daybook that are read with GET, as the sources have them: a new one is visited without anybody's
/// thinking of it.
enum Routes {
    static var readable: [String] {
        get throws {
            let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")
            var found: Set<String> = []
            for target in ["DaybookWeb", "DaybookCLI/Metrics"] {
                for file in try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: target).path)
                where file.hasSuffix(".swift") {
                    let text = try root.appending(path: target).appending(path: file).text()
                    for match in text.matches(of: /(router|api)\.get\("([^"]+)"\)/) {
                        let path = match.2.hasPrefix("/") ? String(match.2) : "/\(match.2)"
                        found.insert(match.1 == "api" ? "/api/v1\(path)" : path)
                    }
                }
            }
            return found.map(filledIn).sorted()
        }
    }

    private static func filledIn(_ path: String) -> String {
        let values = [
            "{id}": "1", "{serial}": "1", "{store}": "1", "{source}": "elite", "{revision}": "1",
            "{name}": "daybook.css",
        ]
        let isTransaction = path.contains("/transactions/")
        return path.split(separator: "/", omittingEmptySubsequences: false).map { part in
            isTransaction && part == "{id}" ? "PAY-1" : values[String(part)] ?? String(part)
        }.joined(separator: "/")
    }
}
