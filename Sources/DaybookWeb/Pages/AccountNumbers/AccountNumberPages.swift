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
        router.post("account-numbers/standard") { try await fillIn($0, $1) }
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let books = try await desk.books.settings()
        let asked = FormFields(parsing: request.uri.query ?? "")["store"]
        let store = try asked.map(Self.store) ?? .defaults
        guard NumbersView.storeNumbers(books).contains(store) else {
            throw HTTPProblem.notFound("There is no store \(store) yet; add it at the foot of Account Numbers.")
        }
        return try await page(NumbersDraft(books, store: store), request, context)
    }

    private func save(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        var draft = NumbersDraft(try await desk.books.settings(), store: try Self.store(form["store"] ?? ""))
        draft.apply(form)
        guard draft.problems.isEmpty else {
            let said = Flash(
                .bad, "Nothing was saved yet: \(counted(draft.problems.count, "field")) below to mend.")
            return try await page(draft, said: said, status: .unprocessableContent, request, context)
        }
        try await desk.books.save(draft.books, by: context.actor)
        let said = Flash(
            .good, "Account numbers of store \(draft.store) saved. Exports that waited for them are tried again.")
        return pages.redirect(to: Self.address(draft.store), saying: said, context)
    }

    private func addStore(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        let number = try Self.store(form["number"] ?? "")
        guard let name = form["name"], name.count <= 100 else {
            throw HTTPProblem(
                .unprocessableContent, "The store needs a name", "Go back and write one, up to 100 characters.")
        }
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

    /// Fills in the standard rental numbers where a role has no number yet.
    private func fillIn(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await pages.forms.read(request, context)
        var books = try await desk.books.settings()
        let stores = Set(NumbersView.storeNumbers(books))
        var filled = 0
        for (slot, number) in AccountNumbers.standardRental.numbers
        where books.numbers[slot.store, slot.role] == nil && stores.contains(slot.store) {
            books.numbers[slot.store, slot.role] = number
            filled += 1
        }
        if filled > 0 { try await desk.books.save(books, by: context.actor) }
        let message =
            filled == 0
            ? "Nothing was filled in: every number is set already."
            : "\(counted(filled, "number")) filled in. Compare them with your chart of accounts in QuickBooks."
        return pages.redirect(to: "/account-numbers", saying: Flash(.good, message), context)
    }

    private func page(
        _ draft: NumbersDraft, said: Flash? = nil, status: HTTPResponse.Status = .ok, _ request: Request,
        _ context: SiteContext
    ) async throws -> Response {
        let titles = try await pages.overviews(for: context.actor).titles
        return try await pages.page(
            .numbers, NumbersView(draft, titles: titles), title: "Account Numbers", part: .accountNumbers, said: said,
            status: status, request, context)
    }

    private static func address(_ store: StoreNumber) -> String { "/account-numbers?store=\(store)" }

    private static func store(_ text: String) throws -> StoreNumber {
        guard let value = Int(digits: text), let store = StoreNumber(value) else {
            throw HTTPProblem(.unprocessableContent, "Not a store number", "Store numbers go from 1 to 9999.")
        }
        return store
    }
}
