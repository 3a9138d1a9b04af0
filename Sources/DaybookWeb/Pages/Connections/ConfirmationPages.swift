// SPDX-License-Identifier: Apache-2.0
import Daybook
import Hummingbird
import HummingbirdCore

/// A first connection by a pasted token: the company's name is shown, and somebody says that it is the right one.
struct ConfirmationPages: Sendable {
    let desk: Desk
    let pages: PageWriter

    struct ConfirmationView {
        let company: String
        let realmID: String
        let address: String
        let stores: String?
    }

    func addRoutes(to router: Router<SiteContext>) {
        router.get("connections/{id}/confirm") { try await show($0, $1) }
        router.post("connections/{id}/confirm") { try await confirm($0, $1) }
        router.post("connections/{id}/decline") { try await decline($0, $1) }
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let id = try await ConnectionAddress.connection(context, desk).id
        let address = ConnectionAddress(id: id)
        guard let company = try await desk.credentials.proposal(of: id) else {
            return Response.redirect(to: address.page, type: .found)
        }
        let stores = try await desk.books.settings().stores.filter { $0.connection == id }.map {
            "\($0.number) \($0.name)"
        }
        let view = ConfirmationView(
            company: company.name, realmID: company.realmID, address: address.page,
            stores: stores.isEmpty ? nil : stores.joined(separator: ", "))
        return try await pages.page(
            .confirmation, view, title: "Is this the company?", part: .connections, request, context)
    }

    private func confirm(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        let id = try await ConnectionAddress.connection(context, desk).id
        let address = ConnectionAddress(id: id)
        do {
            let connected = try await desk.credentials.confirm(
                id, realmID: form["realmID"] ?? "", by: context.actor)
            return pages.redirect(to: address.page, saying: .connected(connected), context)
        } catch let refused as Desk.Refused {
            return pages.redirect(to: address.settings, saying: Flash(.bad, refused.message), context)
        }
    }

    private func decline(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        let id = try await ConnectionAddress.connection(context, desk).id
        guard try await desk.credentials.decline(id, realmID: form["realmID"] ?? "", by: context.actor) else {
            let late = Flash(
                .bad, "That company no longer waits to be confirmed. This page shows how the connection is now.")
            return pages.redirect(to: ConnectionAddress(id: id).page, saying: late, context)
        }
        let said = Flash(
            .good, "The token was forgotten and nothing was connected.",
            details: ["Check the Realm ID, or press Connect to QuickBooks and choose the company at Intuit."])
        return pages.redirect(to: ConnectionAddress(id: id).settings, saying: said, context)
    }
}
