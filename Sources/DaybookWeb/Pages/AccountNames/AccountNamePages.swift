// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Account Names: which QuickBooks account each name of the counters' files means.
struct AccountNamePages: Sendable {
    let desk: Desk
    let pages: PageWriter

    func addRoutes(to router: Router<SiteContext>) {
        router.get("account-names") { try await show($0, $1) }
        router.post("account-names") { try await save($0, $1) }
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let asked = FormFields(parsing: request.uri.query ?? "")["connection"]
        let id = try await connection(asked ?? "1", context.actor)
        return try await page(id, entered: [:], request, context)
    }

    private func save(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        let id = try await connection(form["connection"] ?? "", context.actor)
        let rows = AccountNamesForm(form, names: try await desk.books.accountNames(of: id)).changed
        let address = AccountNamesView.address(of: id)
        guard !rows.isEmpty else {
            return pages.redirect(to: address, saying: Flash(.good, "Nothing was changed."), context)
        }
        let chart: AccountChart
        do {
            chart = try await desk.connections.chart(of: id)
        } catch let refused as Desk.Refused {
            let said = Flash(.bad, "Nothing was saved, because QuickBooks could not be asked. \(refused.message)")
            return pages.redirect(to: address, saying: said, context)
        }
        let read = rows.map { $0.read(chart) }
        guard read.allSatisfy({ $0.problem == nil }) else {
            let entered = Dictionary(read.map { ($0.row.account, $0) }, uniquingKeysWith: { first, _ in first })
            return try await page(id, entered: entered, chart: chart, request, context)
        }
        let choices = Dictionary(read.map { ($0.row.account, $0.choice) }, uniquingKeysWith: { first, _ in first })
        try await desk.books.choose(choices, in: id, by: context.actor)
        let said = Flash(
            .good,
            "\(counted(read.count, "name")) saved. Exports that waited for \(read.count == 1 ? "it" : "them") are tried again."
        )
        return pages.redirect(to: address, saying: said, context)
    }

    private func page(
        _ id: Connection.ID, entered: [SourceAccount: AccountNamesForm.Read], chart: AccountChart? = nil,
        _ request: Request, _ context: SiteContext
    ) async throws -> Response {
        let names = try await desk.books.accountNames(of: id)
        var known = chart
        var trouble: String?
        if known == nil, !names.isEmpty, Permissions(context.actor).savesBooks {
            do {
                known = try await desk.connections.chart(of: id)
            } catch let refused as Desk.Refused {
                trouble = refused.message
            }
        }
        let view = AccountNamesView(
            names, chart: known, trouble: trouble, entered: entered, in: id,
            titles: try await pages.overviews(for: context.actor).titles)
        let wrong = entered.values.count { $0.problem != nil }
        let said = wrong == 0 ? nil : Flash(.bad, "Nothing was saved yet: \(counted(wrong, "field")) below to mend.")
        return try await pages.page(
            .accountNames, view, title: "Account Names", part: .accountNumbers, said: said,
            status: wrong == 0 ? .ok : .unprocessableContent, request, context)
    }

    private func connection(_ text: String, _ actor: Actor) async throws -> Connection.ID {
        guard let value = Int64(digits: text),
            let known = try await desk.connections.all().first(where: { $0.id.value == value }),
            actor.maySeeAll(of: known.id)
        else { throw HTTPProblem.notFound("There is no connection “\(text.prefix(60))”.") }
        return known.id
    }
}
