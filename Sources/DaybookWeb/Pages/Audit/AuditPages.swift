// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// The audit trail: who changed what, when and from where.
struct AuditPages: Sendable {
    static let address = "/audit"

    let desk: Desk
    let pages: PageWriter

    func addRoutes(to router: Router<SiteContext>) {
        router.get("audit") { try await show($0, $1) }
        router.post("audit/check") { try await check($0, $1) }
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let asked = AuditQuestion(FormFields(parsing: request.uri.query ?? ""), calendar: pages.shown.calendar)
        let entries = try await desk.audit.entries(matching: asked.filter, by: context.actor)
        let view = AuditView(entries, asked: asked, shown: pages.shown)
        return try await pages.page(
            .audit, view, title: "Audit trail", part: nil, said: asked.problem.map { Flash(.bad, $0) }, request, context
        )
    }

    private func check(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        let text = form["anchor"] ?? ""
        let anchor = AuditAnchor(text: text)
        guard anchor != nil || text.isEmpty else {
            let said = Flash(
                .bad,
                "“\(text.prefix(40))” is no anchor. Paste the whole line that this page showed at an earlier check.")
            return pages.redirect(to: Self.address, saying: said, context)
        }
        let report = try await desk.audit.verify(against: anchor, by: context.actor)
        return pages.redirect(to: Self.address, saying: Self.said(report, anchor), context)
    }

    private static func said(_ report: AuditReport, _ anchor: AuditAnchor?) -> Flash {
        let next = report.anchor.map { "Anchor for the next check, to be kept elsewhere: \($0.text)" }
        guard report.findings.isEmpty else {
            // A cookie carries it, so it names the first ones; `daybook audit verify` names all.
            let first = report.findings.prefix(5).map(\.words)
            let more = report.findings.count > 5 ? ["`daybook audit verify` names all \(report.findings.count)."] : []
            return Flash(.bad, "The trail is not as it was written.", details: first + more)
        }
        let message =
            anchor == nil
            ? "The \(counted(report.count, "line")) of the trail fit together. Whether lines are missing at its end shows only with an anchor."
            : "The \(counted(report.count, "line")) of the trail are as they were written, the anchor's among them."
        return Flash(.good, message, details: next.map { [$0] } ?? [])
    }
}

/// What the reader looks for, as the form sent it.
struct AuditQuestion {
    let filter: AuditFilter
    let since: String
    let until: String
    /// What could not be understood, for the reader; nil when all was.
    let problem: String?

    init(_ fields: FormFields, calendar: Calendar) {
        var problems: [String] = []
        func day(_ name: String, _ title: String) -> Date? {
            guard let text = fields[name] else { return nil }
            guard let day = CalendarDate(text: text),
                let date = calendar.date(from: DateComponents(year: day.year, month: day.month, day: day.day))
            else {
                problems.append("\(title): “\(text.prefix(20))” is no day. Write one such as 2026-11-30.")
                return nil
            }
            return date
        }
        since = String((fields["since"] ?? "").prefix(20))
        until = String((fields["until"] ?? "").prefix(20))
        let from = day("since", "From")
        let to = day("until", "Up to").flatMap { calendar.date(byAdding: .day, value: 1, to: $0) }
        filter = AuditFilter(
            actor: fields["actor"], act: fields["act"], object: fields["object"], request: fields["request"],
            since: from,
            until: to, before: fields["before"].flatMap(Int64.init), limit: AuditView.linesOfAPage + 1)
        problem = problems.isEmpty ? nil : problems.joined(separator: " ")
    }

    /// The same question, for the lines before a serial.
    func address(before serial: Int64) -> String {
        let fields = [
            ("actor", filter.actor), ("act", filter.act), ("object", filter.object), ("request", filter.request),
            ("since", since), ("until", until),
            ("before", String(serial)),
        ]
        var parts = URLComponents()
        parts.queryItems = fields.compactMap { name, value in
            value.flatMap { $0.isEmpty ? nil : URLQueryItem(name: name, value: $0) }
        }
        // A plus sign would be read as a space.
        return AuditPages.address + "?" + (parts.percentEncodedQuery ?? "").replacing("+", with: "%2B")
    }
}
