// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// The audit trail, for programs.
struct AuditAPI: Sendable {
    let desk: Desk

    func addRoutes(to api: RouterGroup<SiteContext>) {
        api.get("audit") { request, context in try await list(request, context) }
    }

    private func list(_ request: Request, _ context: SiteContext) async throws -> Response {
        let filter = try Self.filter(FormFields(parsing: request.uri.query ?? ""))
        let entries = try await desk.audit.entries(matching: filter, by: context.actor)
        return try JSONAnswer.response(["entries": entries.map(AuditShape.init)])
    }

    private static func filter(_ query: FormFields) throws -> AuditFilter {
        if let act = query["act"], Act.Name(text: act) == nil {
            throw HTTPProblem(
                .badRequest, "Unknown act",
                "There is no act “\(act.prefix(60))”. There are: \(Act.Name.all.map(\.text).joined(separator: ", ")).")
        }
        return AuditFilter(
            actor: query["actor"], act: query["act"], object: query["object"], request: query["request"],
            since: try moment("since", query), until: try moment("until", query),
            before: try number("before", query, 1...Int64.max),
            limit: Int(try number("limit", query, 1...500) ?? 100))
    }

    private static func moment(_ name: String, _ query: FormFields) throws -> Date? {
        guard let text = query[name] else { return nil }
        // The format without parts of a second; the trail is asked by the second.
        guard let date = try? Date(text.replacing(/\.\d+/, with: ""), strategy: .iso8601) else {
            throw HTTPProblem(
                .badRequest, "Not a moment",
                "\(name) is “\(text.prefix(60))”; write a moment such as 2026-11-30T00:00:00Z.")
        }
        return date
    }

    private static func number(_ name: String, _ query: FormFields, _ range: ClosedRange<Int64>) throws -> Int64? {
        guard let text = query[name] else { return nil }
        guard let number = Int64(digits: text), range.contains(number) else {
            throw HTTPProblem(
                .badRequest, "Out of range",
                "\(name) is “\(text.prefix(60))”; write a whole number from \(range.lowerBound) to \(range.upperBound)."
            )
        }
        return number
    }
}

/// A line of the audit trail in JSON.
package struct AuditShape: Encodable, Sendable {
    package let serial: Int64
    package let at: Date
    package let kind: String
    package let id: Int64?
    package let actor: String
    package let source: String?
    package let act: String
    package let object: String?
    package let before: String?
    package let after: String?
    package let request: String?

    package init(_ entry: AuditEntry) {
        serial = entry.serial
        at = entry.at
        kind = entry.actor.kind.rawValue
        id = entry.actor.id
        actor = entry.actor.name
        source = entry.actor.source
        act = entry.act
        object = entry.change.object
        before = entry.change.before
        after = entry.change.after
        request = entry.request
    }
}
