// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// A backup's file as the answer to a page or a program.
enum BackupDownload {
    static func response(_ file: BackupFile, _ context: SiteContext) async throws -> Response {
        let body = try await FileIO().loadFile(path: file.path, context: context)
        return Response(status: .ok, headers: headers(file.name), body: body)
    }

    /// HEAD takes nothing away, so it is not in the audit trail.
    static func head(of name: String, in overview: BackupOverview) throws -> Response {
        guard let kept = overview.kept.first(where: { $0.name == name }) else {
            throw HTTPProblem.notFound("There is no such backup.")
        }
        var headers = headers(name)
        headers[.contentLength] = "\(kept.bytes)"
        return Response(status: .ok, headers: headers)
    }

    private static func headers(_ name: String) -> HTTPFields {
        [
            .contentType: "application/vnd.sqlite3", .contentDisposition: "attachment; filename=\"\(name)\"",
            .cacheControl: "no-store",
        ]
    }
}

extension HTTPProblem {
    /// There is no backup of the name that was given.
    init(_ refused: BackupsRefused) { self.init(.notFound, "No such backup", refused.description) }
}
