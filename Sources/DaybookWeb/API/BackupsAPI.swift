// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Backups, for programs.
struct BackupsAPI: Sendable {
    let desk: Desk

    func addRoutes(to api: RouterGroup<SiteContext>) {
        api.get("backups") { _, context in try await list(context, status: .ok) }
        api.post("backups") { request, context in try await begin(request, context) }
        api.get("backups/{name}") { request, context in try await download(request, context) }
        api.post("backups/{name}/restore") { request, context in try await restore(request, context) }
    }

    private func list(_ context: SiteContext, status: HTTPResponse.Status) async throws -> Response {
        try JSONAnswer.response(BackupsResponse(try await desk.backups.list(by: context.actor)), status: status)
    }

    private func begin(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await APIBody.json(request, as: EmptyBody.self)
        try await desk.backups.begin(by: context.actor)
        return try await list(context, status: .accepted)
    }

    private func download(_ request: Request, _ context: SiteContext) async throws -> Response {
        let name = context.parameters.get("name") ?? ""
        if request.method == .head {
            return try BackupDownload.head(of: name, in: try await desk.backups.list(by: context.actor))
        }
        return try await known {
            try await BackupDownload.response(try await desk.backups.handOut(name, by: context.actor), context)
        }
    }

    private func restore(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await APIBody.json(request, as: EmptyBody.self)
        return try await known {
            try await desk.backups.restore(context.parameters.get("name") ?? "", by: context.actor)
            return try JSONAnswer.response(
                BackupsResponse(try await desk.backups.list(by: context.actor)), status: .accepted)
        }
    }

    private func known(_ body: () async throws -> Response) async throws -> Response {
        do {
            return try await body()
        } catch let refused as BackupsRefused {
            throw HTTPProblem(refused)
        }
    }
}
