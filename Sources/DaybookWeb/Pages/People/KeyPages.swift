// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Keys: by which programs use the API.
struct KeyPages: Sendable {
    static let address = "/keys"

    let desk: Desk
    let pages: PageWriter

    func addRoutes(to router: Router<SiteContext>) {
        router.get("keys") { try await show($0, $1) }
        router.post("keys") { try await add($0, $1) }
        router.post("keys/{serial}/revoke") { try await revoke($0, $1) }
    }

    private func show(
        made: Secret? = nil, entered: FormFields? = nil, said: Flash? = nil, status: HTTPResponse.Status = .ok,
        _ request: Request, _ context: SiteContext
    ) async throws -> Response {
        _ = try context.needsSignedIn
        let view = KeysView(
            try await pages.people.keys.list(by: context.actor), made: made, entered: entered, now: pages.clock.now,
            shown: pages.shown)
        return try await pages.page(.keys, view, title: "Keys", part: nil, said: said, status: status, request, context)
    }

    /// Answers with the page itself, which shows the key once.
    private func add(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        _ = try context.needsSignedIn
        do {
            let (key, secret) = try await pages.people.keys.add(
                form["name"] ?? "", scopes: Set(form.all("scope").compactMap(APIKey.Scope.init)),
                stores: try Self.stores(form["stores"]), days: try Self.days(form["days"]), by: context.actor)
            return try await show(
                made: secret, said: Flash(.good, "The key “\(key.name)” was made."), request, context)
        } catch let refused as Desk.Refused {
            return try await show(
                entered: form, said: Flash(.bad, refused.message), status: .unprocessableContent, request, context)
        }
    }

    private func revoke(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await pages.forms.read(request, context)
        _ = try context.needsSignedIn
        guard let serial = context.parameters.get("serial", as: Int64.self) else {
            throw HTTPProblem.notFound("There is no such key.")
        }
        do {
            let key = try await pages.people.keys.revoke(serial, by: context.actor)
            let said = Flash(.good, "The key “\(key.name)” was revoked; it opens nothing any more.")
            return pages.redirect(to: Self.address, saying: said, context)
        } catch let refused as Desk.Refused {
            return pages.redirect(to: Self.address, saying: Flash(.bad, refused.message), context)
        }
    }

    /// `2, 5`; nil, for all stores, when nothing was entered.
    private static func stores(_ text: String?) throws -> Set<StoreNumber>? {
        guard let text else { return nil }
        let parts = text.split { $0 == "," || $0.isWhitespace }
        return try Set(
            parts.map { part in
                guard let store = Int(digits: part).flatMap({ StoreNumber($0) }) else {
                    throw Desk.Refused(
                        "Stores: “\(part.prefix(20))” is no store number. Write numbers from 1 to 9999, such as 2, 5.")
                }
                return store
            })
    }

    private static func days(_ text: String?) throws -> Int? {
        guard let text else { return nil }
        guard let days = Int(digits: text) else { throw Desk.Refused("Choose when the key ends.") }
        return days
    }
}
