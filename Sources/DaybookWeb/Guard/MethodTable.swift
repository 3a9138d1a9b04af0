// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird

/// Which methods each path takes, to tell "no such page" from "not in this way".
struct MethodTable: Sendable {
    private let rows: [(pattern: [Substring], method: String)]

    init(_ routes: [Router<SiteContext>.RouteDescription]) {
        rows = routes.map { ($0.path.description.split(separator: "/"), $0.method.rawValue) }
    }

    /// The methods a path takes; empty when there is no such path.
    func methods(at path: String) -> [String] {
        let parts = path.split(separator: "/")
        let methods = rows.filter { Self.matches($0.pattern, parts) }.map(\.method)
        return Set(methods).union(methods.contains("GET") ? ["HEAD"] : []).sorted()
    }

    private static func matches(_ pattern: [Substring], _ path: [Substring]) -> Bool {
        pattern.count == path.count && zip(pattern, path).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
}
