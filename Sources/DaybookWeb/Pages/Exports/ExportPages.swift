// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// The accounting export queue and each export's own page.
struct ExportPages: Sendable {
    let desk: Desk
    let pages: PageWriter

    func addRoutes(to router: Router<SiteContext>) {
        router.get("/") { _, _ in Response.redirect(to: "/exports", type: .found) }
        router.get("exports") { try await queue($0, $1) }
        router.get("exports/{serial}") { try await export($0, $1) }
        router.post("exports/reset") { try await change(.reset, $0, $1) }
        router.post("exports/hold") { try await change(.hold, $0, $1) }
        router.post("exports/release") { try await change(.release, $0, $1) }
        router.post("exports/exclude") { try await change(.exclude, $0, $1) }
        router.post("exports/include") { try await change(.include, $0, $1) }
    }

    private func queue(_ request: Request, _ context: SiteContext) async throws -> Response {
        let query = ExportQuery(FormFields(parsing: request.uri.query ?? ""))
        let (page, problems) = try await desk.seenQueue(matching: query.filter(), by: context.actor)
        let books = try await desk.books.settings()
        let view = ExportsView(
            query, page, problems: problems,
            stores: books.stores.filter { context.actor.maySee(books.connection(of: $0.number), $0.number) },
            overviews: try await pages.overviews(for: context.actor),
            firstRun: try await FirstRun.view(desk, for: context.actor), shown: pages.shown)
        return try await pages.page(.exports, view, title: "Accounting Export Queue", part: .exports, request, context)
    }

    private func export(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard let serial = context.parameters.get("serial", as: Int64.self),
            let detail = try await desk.queue.export(serial: serial), context.actor.maySee(detail.row.export)
        else { throw HTTPProblem.notFound("There is no such export.") }
        let view = ExportView(
            detail, numbers: try await desk.books.settings().numbers,
            waits: try await pages.overviews(for: context.actor).holds(detail.row.export),
            actor: context.actor, shown: pages.shown)
        return try await pages.page(.export, view, title: "Export \(serial)", part: .exports, request, context)
    }

    private func change(_ verb: ExportVerb, _ request: Request, _ context: SiteContext) async throws -> Response {
        let fields = try await pages.forms.read(request, context)
        let back = Self.checked(fields["back"])
        let serials = fields.all("serial").compactMap { Int64(digits: $0) }
        let selection: ExportSelection
        if fields["scope"] == "error", verb == .reset {
            selection = .inState(.error)
        } else if serials.isEmpty {
            return pages.redirect(to: back, saying: Flash(.bad, "Tick at least one export first."), context)
        } else {
            selection = .serials(serials)
        }
        let outcomes = try await verb.perform(on: desk, selection, by: context.actor)
        return pages.redirect(to: back, saying: ChangeSummary(verb: verb, outcomes: outcomes).flash, context)
    }

    /// Only a page of the queue; a form must not send its reader anywhere else.
    private static func checked(_ back: String?) -> String {
        guard let back, back == "/exports" || back.hasPrefix("/exports?") || back.hasPrefix("/exports/"),
            back.utf8.allSatisfy({ (33...126).contains($0) && $0 != UInt8(ascii: "\\") })
        else { return "/exports" }
        return back
    }
}
