// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Account Numbers: which number each role has at each store.
struct AccountNumberPages: Sendable {
    let desk: Desk
    let pages: PageWriter

    func addRoutes(to router: Router<SiteContext>) {
        router.get("account-numbers") { try await show($0, $1) }
        router.post("account-numbers") { try await save($0, $1) }
        router.post("account-numbers/stores") { try await addStore($0, $1) }
        router.post("account-numbers/stores/confirm") { try await confirmStore($0, $1) }
        router.post("account-numbers/standard") { try await fillIn($0, $1) }
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let books = try await desk.books.settings()
        let asked = FormFields(parsing: request.uri.query ?? "")["store"]
        let store = try asked.map(Self.store) ?? .defaults
        guard NumbersView.storeNumbers(books).contains(store) else {
            throw HTTPProblem.notFound("There is no store \(store) yet; add it at the foot of Account Numbers.")
        }
        return try await page(try await draft(books, store, context.actor), request, context)
    }

    private func save(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        var draft = try await draft(
            try await desk.books.settings(), try Self.store(form["store"] ?? ""), context.actor)
        draft.apply(form)
        guard draft.problems.isEmpty else {
            let said = Flash(
                .bad, "Nothing was saved yet: \(counted(draft.problems.count, "field")) below to mend.")
            return try await page(draft, said: said, status: .unprocessableContent, request, context)
        }
        try await desk.books.save(draft.books, by: context.actor)
        if !draft.chosen.isEmpty {
            let company = draft.books.connection(of: draft.store)
            try await desk.books.choose(draft.chosen, in: company, by: context.actor)
        }
        let said = Flash(
            .good, "Account numbers of store \(draft.store) saved. Exports that waited for them are tried again.",
            details: draft.unknown.map {
                "QuickBooks had no account \($0) when it was asked last. Add the number there, or correct it here."
            }, link: .checkAccounts)
        return pages.redirect(to: Self.address(draft.store), saying: said, context)
    }

    private func draft(_ books: BooksSettings, _ store: StoreNumber, _ actor: Actor) async throws -> NumbersDraft {
        NumbersDraft(books, try await accounts(of: books.connection(of: store), actor), store: store)
    }

    private func accounts(of id: Connection.ID, _ actor: Actor) async throws -> CompanyAccounts {
        CompanyAccounts(chart: try await chart(of: id, actor), kept: try await desk.books.keptAccounts(of: id))
    }

    /// The chart as it was read last; QuickBooks is asked for one that was never read.
    private func chart(of id: Connection.ID, _ actor: Actor) async throws -> AccountChart? {
        if let kept = try await desk.books.keptChart(of: id) { return kept }
        guard Permissions(actor).savesBooks, try await desk.connections.connection(id)?.grant != nil else { return nil }
        do {
            return try await desk.connections.chart(of: id)
        } catch is Desk.Refused {
            // Numbers can be typed all the same, and the banner tells what is wrong with the connection.
            return nil
        }
    }

    private func addStore(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        let number = try Self.store(form["number"] ?? "")
        let name = try Self.name(form)
        var books = try await desk.books.settings()
        guard !books.stores.contains(where: { $0.number == number }) else {
            let said = Flash(.bad, "Store \(number) is here already; this is its page.")
            return pages.redirect(to: Self.address(number), saying: said, context)
        }
        books.stores.append(Store(number: number, name: name))
        books.stores.sort { $0.number < $1.number }
        try await desk.books.save(books, by: context.actor)
        let said = Flash(.good, "Store \(number) added. It uses store 1's account numbers until you enter its own.")
        return pages.redirect(to: Self.address(number), saying: said, context)
    }

    /// Confirms a store that transactions name, with its name and company.
    private func confirmStore(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        let number = try Self.store(form["number"] ?? "")
        let name = try Self.name(form)
        guard let company = Int64(digits: form["connection"] ?? "") else {
            throw HTTPProblem(.unprocessableContent, "No company", "Go back and choose the store's company.")
        }
        do {
            _ = try await desk.books.confirm(number, name: name, in: Connection.ID(company), by: context.actor)
        } catch let refused as Desk.Refused {
            return pages.redirect(to: "/account-numbers", saying: Flash(.bad, refused.message), context)
        }
        let said = Flash(
            .good,
            "Store \(number) confirmed; its transactions go on. It uses store 1's accounts until you enter its own.")
        return pages.redirect(to: Self.address(number), saying: said, context)
    }

    /// Fills in the standard rental numbers where a role has no account yet; where the company's chart is known, what it
    /// suggests.
    private func fillIn(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await pages.forms.read(request, context)
        let books = try await desk.books.settings()
        let stores = Set(NumbersView.storeNumbers(books))
        let slots = AccountNumbers.standardRental.numbers.keys.filter { stores.contains($0.store) }
        var filling = NumbersFilling(books)
        for (company, slots) in Dictionary(grouping: slots, by: { books.connection(of: $0.store) }) {
            filling.fill(slots, try await accounts(of: company, context.actor), of: company)
        }
        if filling.filled > 0 { try await desk.books.save(filling.books, by: context.actor) }
        for (company, chosen) in filling.chosen { try await desk.books.choose(chosen, in: company, by: context.actor) }
        return pages.redirect(
            to: "/account-numbers", saying: Flash(.good, filling.words, link: .checkAccounts), context)
    }

    private func page(
        _ draft: NumbersDraft, said: Flash? = nil, status: HTTPResponse.Status = .ok, _ request: Request,
        _ context: SiteContext
    ) async throws -> Response {
        let titles = try await pages.overviews(for: context.actor).titles
        return try await pages.page(
            .numbers, NumbersView(draft, titles: titles, unknownStores: try await desk.books.unknownStores()),
            title: "Account Numbers", part: .accountNumbers, said: said,
            status: status, request, context)
    }

    private static func address(_ store: StoreNumber) -> String { "/account-numbers?store=\(store)" }

    private static func name(_ form: FormFields) throws -> String {
        guard let name = form["name"], Store.isName(name) else {
            throw HTTPProblem(
                .unprocessableContent, "The store needs a name",
                "Go back and write one, up to \(Store.longestName) characters.")
        }
        return name
    }

    private static func store(_ text: String) throws -> StoreNumber {
        guard let value = Int(digits: text), let store = StoreNumber(value) else {
            throw HTTPProblem(.unprocessableContent, "Not a store number", "Store numbers go from 1 to 9999.")
        }
        return store
    }
}
