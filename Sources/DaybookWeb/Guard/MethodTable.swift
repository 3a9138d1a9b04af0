// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird

/// Which methods each path takes, to tell an unknown address from a method that is not allowed there.
struct MethodTable: Sendable {
    private let rows: [(pattern: [Substring], method: String)]

    init(_ routes: [Router<SiteContext>.RouteDescription]) {
        rows = routes.map { ($0.path.description.split(separator: "/"), $0.method.rawValue) }
    }

    /// The methods a path takes; empty when there is no such path.
    ///
    /// Like the router, it takes `exports/reset` for that route, and not for an export with the serial `reset`.
    func methods(at path: String) -> [String] {
        let parts = path.split(separator: "/")
        let matching = rows.filter { Self.matches($0.pattern, parts) }
        let fewest = matching.map { Self.placeholders(in: $0.pattern) }.min()
        let methods = matching.filter { Self.placeholders(in: $0.pattern) == fewest }.map(\.method)
        return Set(methods).union(methods.contains("GET") ? ["HEAD"] : []).sorted()
    }

    private static func placeholders(in pattern: [Substring]) -> Int { pattern.count { $0.hasPrefix("{") } }

    private static func matches(_ pattern: [Substring], _ path: [Substring]) -> Bool {
        pattern.count == path.count && zip(pattern, path).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
}
