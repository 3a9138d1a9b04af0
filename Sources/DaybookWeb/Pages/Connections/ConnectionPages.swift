// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// The companies side by side, and each connection's own page with what people do there.
struct ConnectionPages: Sendable {
    let desk: Desk
    let pages: PageWriter

    func addRoutes(to router: Router<SiteContext>) {
        // People have bookmarks from when there was only one connection.
        router.get("connection") { _, _ in Response.redirect(to: "/connections", type: .found) }
        router.get("connections") { try await list($0, $1) }
        router.get("connections/{id}") { try await show($0, $1) }
        router.get("connections/{id}/history") { try await history($0, $1) }
        router.post("connections/{id}/connect") { try await connect($0, $1) }
        router.post("connections/{id}/reset") { try await reset($0, $1) }
        router.post("connections/{id}/stores") { try await assign($0, $1) }
        router.post("connections/{id}/disconnect") { try await disconnect($0, $1) }
        router.post("connections/{id}/forget") { try await forget($0, $1) }
    }

    private func list(_ request: Request, _ context: SiteContext) async throws -> Response {
        let view = ConnectionListView(
            try await pages.overviews(for: context.actor), stores: try await desk.books.settings().allStores,
            now: pages.clock.now,
            shown: pages.shown)
        return try await pages.page(.connections, view, title: "Connections", part: .connections, request, context)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let id = try await ConnectionAddress.connection(context, desk).id
        let view = try await view(of: id, history: 20, context)
        return try await pages.page(.connection, view, title: view.title, part: .connections, request, context)
    }

    private func history(_ request: Request, _ context: SiteContext) async throws -> Response {
        let id = try await ConnectionAddress.connection(context, desk).id
        let view = try await view(of: id, history: 1_000, context)
        return try await pages.page(
            .history, view, title: "Connection history: \(view.title)", part: .connections, request, context)
    }

    private func view(of id: Connection.ID, history limit: Int, _ context: SiteContext) async throws -> ConnectionView {
        guard let details = try await desk.connections.details(id, history: limit) else {
            throw HTTPProblem.notFound("There is no such connection.")
        }
        return ConnectionView(
            details, allStores: try await desk.books.settings().allStores,
            titles: try await pages.overviews(for: context.actor).titles, shown: pages.shown)
    }

    private func connect(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await pages.forms.read(request, context)
        let id = try await ConnectionAddress.connection(context, desk).id
        do {
            return try await ConsentLeave(desk: desk, pages: pages).begin(.connection(id), request, context)
        } catch let refused as Desk.Refused {
            let address = ConnectionAddress(id: id)
            let next = try await desk.credentials.app(of: id) == nil ? address.settings : address.page
            return pages.redirect(to: next, saying: Flash(.bad, refused.message), context)
        }
    }

    /// **Reset for export** for all of this company that is in Error.
    private func reset(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await pages.forms.read(request, context)
        let id = try await ConnectionAddress.connection(context, desk).id
        let outcomes = try await desk.queue.reset(.inError(id), by: context.actor)
        let said =
            outcomes.isEmpty
            ? Flash(.good, "No export of this company is in Error.")
            : ChangeSummary(verb: .reset, outcomes: outcomes).flash
        return pages.redirect(to: ConnectionAddress(id: id).page, saying: said, context)
    }

    private func assign(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        let id = try await ConnectionAddress.connection(context, desk).id
        let address = ConnectionAddress(id: id).page
        guard let store = form["store"].flatMap({ Int(digits: $0) }).flatMap({ StoreNumber($0) }) else {
            return pages.redirect(to: address, saying: Flash(.bad, "Choose a store first."), context)
        }
        do {
            let move = try await desk.books.assign(store, to: id, by: context.actor)
            return pages.redirect(to: address, saying: .moved(store, move), context)
        } catch let refused as Desk.Refused {
            return pages.redirect(to: address, saying: Flash(.bad, refused.message), context)
        }
    }

    private func disconnect(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await end(request, context) { try await desk.connections.disconnect($0, by: context.actor) }
    }

    /// **Forget it here only**, for when Intuit can't be told.
    private func forget(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await end(request, context) { try await desk.connections.forget($0, by: context.actor) }
    }

    private func end(
        _ request: Request, _ context: SiteContext, _ act: (Connection.ID) async throws -> Disconnected
    ) async throws -> Response {
        _ = try await pages.forms.read(request, context)
        let id = try await ConnectionAddress.connection(context, desk).id
        let address = ConnectionAddress(id: id).page
        do {
            let outcome = try await act(id)
            let said = Flash(
                .good, outcome.words, details: ["Transactions are still taken and wait for the next connection."])
            return pages.redirect(to: address, saying: said, context)
        } catch let refused as Desk.Refused {
            return pages.redirect(to: address, saying: Flash(.bad, refused.message), context)
        }
    }
}

extension BooksSettings {
    /// Also store 1 and the stores that have account numbers and no name.
    var allStores: [Store] {
        NumbersView.storeNumbers(self).map { number in
            stores.first { $0.number == number } ?? Store(number: number, name: "")
        }
    }
}

extension Flash {
    static func moved(_ store: StoreNumber, _ move: StoreMove) -> Flash {
        var details: [String] = []
        if move.moved > 0 { details.append("\(counted(move.moved, "export")) not sent yet moved with it.") }
        if move.stayed > 0 {
            details.append(
                "\(counted(move.stayed, "export")) stayed with the other company, where they were sent or may have been."
            )
        }
        return Flash(.good, "Store \(store) posts to this company from now on.", details: details)
    }
}
