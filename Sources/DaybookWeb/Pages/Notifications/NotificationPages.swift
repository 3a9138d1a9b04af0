// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Configuration › Notifications: who is told when a connection needs a person, and the delivery log.
struct NotificationPages: Sendable {
    static let address = "/configuration/notifications"
    private static let shownDeliveries = 50

    let desk: Desk
    let pages: PageWriter

    func addRoutes(to router: Router<SiteContext>) {
        router.get("configuration/notifications") { try await show($0, $1) }
        router.post("configuration/notifications") { try await add($0, $1) }
        router.post("configuration/notifications/{id}/test") { try await test($0, $1) }
        router.post("configuration/notifications/{id}/remove") { try await remove($0, $1) }
    }

    private func show(
        entered: FormFields? = nil, secret: Secret? = nil, said: Flash? = nil, status: HTTPResponse.Status = .ok,
        _ request: Request, _ context: SiteContext
    ) async throws -> Response {
        let view = NotificationView(
            try await desk.notifications.list(),
            deliveries: try await desk.notifications.deliveries(limit: Self.shownDeliveries),
            entered: entered, secret: secret, shown: pages.shown)
        return try await pages.page(
            .notifications, view, title: "Notifications", part: .configuration, said: said, status: status, request,
            context)
    }

    /// Answers with the page itself, which shows a webhook's secret once: a redirect would need a cookie to carry it.
    private static func said(_ added: Notifiers.Added) -> Flash {
        let shown = added.notifier.target.shown
        return switch added.trial {
        case nil: Flash(.good, "\(shown) is told from now on.")
        case .delivered: Flash(.good, "\(shown) is told from now on. A trial mail is on its way there.")
        case .failed(let failure):
            Flash(
                .bad, "\(shown) was added, but a trial mail could not be sent: \(failure.reason)",
                details: [failure.words, "Mend that, then press Test. Until then nobody is told there."]
                    .compactMap(\.self))
        }
    }

    private func add(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        let kind = Notifier.Kind(rawValue: form["kind"] ?? "") ?? .email
        do {
            let added = try await desk.notifications.add(
                Notifiers.Form(kind: kind, address: form["address"] ?? ""), by: context.actor)
            let said = Self.said(added)
            guard let secret = added.secret else {
                return pages.redirect(to: Self.address, saying: said, context)
            }
            return try await show(secret: secret, said: said, request, context)
        } catch let refused as Desk.Refused {
            return try await show(
                entered: form, said: Flash(.bad, refused.message), status: .unprocessableContent, request, context)
        }
    }

    private func test(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await pages.forms.read(request, context)
        return try await answer(context) { id in
            switch try await desk.notifications.test(id, by: context.actor) {
            case .delivered: return Flash(.good, "The test was delivered.")
            case .failed(let failure):
                return Flash(
                    .bad, "The test was not delivered: \(failure.reason)", details: failure.words.map { [$0] } ?? [])
            }
        }
    }

    private func remove(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await pages.forms.read(request, context)
        return try await answer(context) { id in
            try await desk.notifications.remove(id, by: context.actor)
            return Flash(.good, "Removed; nothing more is sent there.")
        }
    }

    private func answer(
        _ context: SiteContext, _ act: (Notifier.ID) async throws -> Flash
    ) async throws -> Response {
        guard let value = context.parameters.get("id", as: Int64.self) else {
            throw HTTPProblem.notFound("There is no such notifier.")
        }
        do {
            return pages.redirect(to: Self.address, saying: try await act(Notifier.ID(value)), context)
        } catch let refused as Desk.Refused {
            return pages.redirect(to: Self.address, saying: Flash(.bad, refused.message), context)
        }
    }
}
