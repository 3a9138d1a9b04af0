// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation
import Hummingbird
import HummingbirdCore

/// The history of files, for programs.
struct FilesAPI: Sendable {
    let desk: Desk

    func addRoutes(to api: RouterGroup<SiteContext>) {
        api.get("files") { request, context in try await list(request, context) }
        api.get("files/{id}") { _, context in try await show(try await file(context)) }
        api.post("files/{id}/take-back") { _, context in try await takeBack(context) }
    }

    private func list(_ request: Request, _ context: SiteContext) async throws -> Response {
        let text = FormFields(parsing: request.uri.query ?? "")["limit"] ?? "100"
        guard let limit = Int(digits: text), (1...500).contains(limit) else {
            throw HTTPProblem(
                .badRequest, "Out of range", "limit is “\(text.prefix(60))”; write a whole number from 1 to 500.")
        }
        let files = try await desk.files.list(limit: limit).filter { $0.isVisible(to: context.actor) }
        return try JSONAnswer.response(["files": files.map(FileShape.init)])
    }

    private func show(_ file: ReceivedFile) async throws -> Response {
        try JSONAnswer.response(FileDetailShape(file, totals: try await desk.files.totals(of: file.id)))
    }

    private func takeBack(_ context: SiteContext) async throws -> Response {
        let file = try await file(context)
        let outcome = try await desk.files.takeBack(file.id, by: context.actor)
        if let refusal = outcome.refusal(of: file) {
            throw HTTPProblem(.conflict, "Nothing was taken back", refusal)
        }
        return try await show(try await self.file(context))
    }

    private func file(_ context: SiteContext) async throws -> ReceivedFile {
        let text = context.parameters.get("id") ?? ""
        guard let value = Int64(digits: text), let file = try await desk.files.file(ReceivedFile.ID(value)),
            file.isVisible(to: context.actor)
        else {
            throw HTTPProblem(
                .notFound, "No such file",
                "There is no file “\(text.prefix(60))”; GET /api/v1/files lists those there are.")
        }
        return file
    }
}

package struct FileShape: Codable, Sendable {
    package let id: Int64
    package let name: String
    /// In bytes.
    package let size: Int
    /// How it came.
    package let way: String
    package let state: String
    package let receivedAt: Date
    package let receivedBy: String
    package let profile: String?
    package let recorded: Int?
    package let repeated: Int?
    package let refused: Int?
    /// The first mistake of a file that was refused.
    package let reason: String?
    package let decidedAt: Date?
    package let decidedBy: String?
    package let takenBackAt: Date?
    package let takenBackBy: String?

    package init(_ file: ReceivedFile) {
        id = file.id.value
        name = file.name
        size = file.size
        way = file.way.rawValue
        state = file.state.rawValue
        receivedAt = file.receivedAt
        receivedBy = file.receivedBy
        profile = file.profile
        recorded = file.counts?.recorded
        repeated = file.counts?.repeated
        refused = file.counts?.refused
        reason = file.reason
        decidedAt = file.decidedAt
        decidedBy = file.decidedBy
        takenBackAt = file.takenBackAt
        takenBackBy = file.takenBackBy
    }
}

package struct FileDetailShape: Codable, Sendable {
    package struct Total: Codable, Sendable {
        package let currency: String
        /// Debits, which are the credits.
        package let amount: String
    }

    package let file: FileShape
    package let transactions: Int
    package let first: String?
    package let last: String?
    package let stores: [Int]
    package let totals: [Total]
    /// How many of its exports are in each state.
    package let exports: [String: Int]

    package init(_ file: ReceivedFile, totals: FileTotals) {
        self.file = FileShape(file)
        transactions = totals.transactions
        first = totals.first?.text
        last = totals.last?.text
        stores = totals.stores.map(\.value)
        self.totals = totals.debits.map { Total(currency: $0.currency.code, amount: $0.text) }
        exports = Dictionary(
            totals.states.map { ($0.key.rawValue, $0.value) }, uniquingKeysWith: { first, _ in first })
    }
}
