// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Check accounts: what would keep entries from being posted, before anything is sent.
struct AccountCheckPages: Sendable {
    let desk: Desk
    let pages: PageWriter

    struct CompanyView {
        let title: String
        let address: String
        let isHere: Bool
    }

    struct CheckPage {
        let connection: String
        let companies: [CompanyView]
        let hasSeveralCompanies: Bool
        /// When QuickBooks was asked; nil when it never was.
        let readAt: String?
        let check: AccountCheckView?
    }

    func addRoutes(to router: Router<SiteContext>) {
        router.get("account-check") { try await show($0, $1) }
        router.post("account-check") { try await check($0, $1) }
        router.post("account-check/answers") { try await answer($0, $1) }
    }

    static func address(of id: Connection.ID) -> String {
        id == .first ? "/account-check" : "/account-check?connection=\(id.value)"
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let asked = FormFields(parsing: request.uri.query ?? "")["connection"]
        let id = try await connection(asked ?? "1", context.actor)
        let check = try await desk.books.accountCheck(of: id)
        let titles = try await pages.overviews(for: context.actor).titles
        let page = CheckPage(
            connection: String(id.value),
            companies: titles.sorted { $0.key.value < $1.key.value }.map {
                CompanyView(title: $0.value, address: Self.address(of: $0.key), isHere: $0.key == id)
            }, hasSeveralCompanies: titles.count > 1, readAt: check.map { pages.shown.time($0.readAt) },
            check: check.map(AccountCheckView.init))
        return try await pages.page(
            .accountCheck, page, title: "Check accounts", part: .accountNumbers, request, context)
    }

    private func check(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        let id = try await connection(form["connection"] ?? "", context.actor)
        do {
            _ = try await desk.connections.checkAccounts(of: id, by: context.actor)
            return pages.redirect(to: Self.address(of: id), saying: Flash(.good, "QuickBooks was asked."), context)
        } catch let refused as Desk.Refused {
            return pages.redirect(to: Self.address(of: id), saying: Flash(.bad, refused.message), context)
        }
    }

    private func answer(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        let id = try await connection(form["connection"] ?? "", context.actor)
        guard let store = Int(digits: form["store"] ?? "").flatMap({ StoreNumber($0) }),
            let role = AccountRole(code: form["role"] ?? ""), let answer = AccountAnswer(rawValue: form["answer"] ?? "")
        else {
            throw HTTPProblem(
                .unprocessableContent, "Not an answer", "Go back, load the page again and press one of its buttons.")
        }
        do {
            let slot = AccountNumbers.Slot(store: store, role: role)
            try await desk.books.answer(slot, answer, in: id, by: context.actor)
            let said = Flash(.good, "\(role.name) at store \(store): noted, and not asked again.")
            return pages.redirect(to: Self.address(of: id), saying: said, context)
        } catch let refused as Desk.Refused {
            return pages.redirect(to: Self.address(of: id), saying: Flash(.bad, refused.message), context)
        }
    }

    private func connection(_ text: String, _ actor: Actor) async throws -> Connection.ID {
        guard let value = Int64(digits: text),
            let known = try await desk.connections.all().first(where: { $0.id.value == value }),
            actor.maySeeAll(of: known.id)
        else { throw HTTPProblem.notFound("There is no connection “\(text.prefix(60))”.") }
        return known.id
    }
}
