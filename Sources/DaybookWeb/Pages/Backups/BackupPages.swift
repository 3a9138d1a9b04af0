// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Backups: shows what is kept, makes one now, and puts one in the place of the data.
struct BackupPages: Sendable {
    static let address = "/backups"

    let desk: Desk
    let pages: PageWriter

    func addRoutes(to router: Router<SiteContext>) {
        router.get("backups") { try await show($0, $1) }
        router.post("backups") { try await begin($0, $1) }
        router.get("backups/{name}") { try await download($0, $1) }
        router.get("backups/{name}/restore") { try await ask($0, $1) }
        router.post("backups/{name}/restore") { try await restore($0, $1) }
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let view = BackupsView(try await desk.backups.list(by: context.actor), shown: pages.shown)
        return try await pages.page(.backups, view, title: "Backups", part: nil, request, context)
    }

    private func begin(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await pages.forms.read(request, context)
        do {
            try await desk.backups.begin(by: context.actor)
            // The page itself shows how far it is.
            return Response.redirect(to: Self.address, type: .normal)
        } catch let refused as Desk.Refused {
            return pages.redirect(to: Self.address, saying: Flash(.bad, refused.message), context)
        }
    }

    private func download(_ request: Request, _ context: SiteContext) async throws -> Response {
        let name = try Self.name(context)
        if request.method == .head {
            return try BackupDownload.head(of: name, in: try await desk.backups.list(by: context.actor))
        }
        return try await BackupDownload.response(
            try await known { try await desk.backups.handOut(name, by: context.actor) }, context)
    }

    /// Says what is lost before somebody restores one.
    private func ask(_ request: Request, _ context: SiteContext) async throws -> Response {
        let name = try Self.name(context)
        let overview = try await desk.backups.list(by: context.actor)
        guard let kept = overview.kept.first(where: { $0.name == name }) else {
            throw HTTPProblem.notFound("There is no such backup.")
        }
        let view = RestoreView(kept, now: pages.clock.now, shown: pages.shown)
        return try await pages.page(.restore, view, title: "Restore a backup", part: nil, request, context)
    }

    /// Answers with the page itself, which waits for the new start: after a redirect the next request might come too
    /// late for this server.
    private func restore(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        let name = try Self.name(context)
        guard form["understood"] == "yes" else {
            let said = Flash(.bad, "Nothing was restored: tick the box first, to say that you know what is lost.")
            return pages.redirect(to: "\(Self.address)/\(name)/restore", saying: said, context)
        }
        do {
            try await known { try await desk.backups.restore(name, by: context.actor) }
            return try await pages.page(
                .restarting, RestartingView(name: name), title: "Daybook starts again", part: nil, status: .accepted,
                request, context)
        } catch let refused as Desk.Refused {
            return pages.redirect(to: Self.address, saying: Flash(.bad, refused.message), context)
        }
    }

    private func known<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let refused as BackupsRefused {
            throw HTTPProblem(refused)
        }
    }

    /// The backup's name in the address; a text of another form names none.
    private static func name(_ context: SiteContext) throws -> String {
        guard let name = context.parameters.get("name"), name.wholeMatch(of: /daybook-\d{8}T\d{6}Z\.db/) != nil else {
            throw HTTPProblem.notFound("There is no such backup.")
        }
        return name
    }
}
