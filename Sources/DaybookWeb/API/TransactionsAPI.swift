// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Takes transactions in, and shows one that was taken.
struct TransactionsAPI: Sendable {
    let desk: Desk

    func addRoutes(to api: RouterGroup<SiteContext>) {
        api.post("transactions") { request, context in try await take(request, context) }
        api.get("transactions/{source}/{store}/{id}/{revision}") { _, context in try await transaction(context) }
    }

    private func take(_ request: Request, _ context: SiteContext) async throws -> Response {
        let query = FormFields(parsing: request.uri.query ?? "")
        let isPartial = try Self.flag("partial", query)
        let isDryRun = try Self.flag("dryRun", query)
        let farDates = try Self.flag("farDates", query)
        let format = try Self.format(of: request)
        let report = try await take(
            try await APIBody.file(request), format, policy: isPartial ? .partial : .allOrNothing, dryRun: isDryRun,
            farDates: farDates, by: context.actor)
        guard !report.isEmpty else {
            throw HTTPProblem(.unprocessableContent, "The body has no transaction", "Send at least one transaction.")
        }
        return try IntakeAnswer(report: report, isPartial: isPartial, isDryRun: isDryRun).response()
    }

    /// A short file is committed together with others'; a long one is read piece by piece while it is recorded.
    private func take(
        _ bytes: [UInt8], _ format: IntakeFile.Format, policy: RecordPolicy, dryRun: Bool,
        farDates: Bool, by actor: Actor
    ) async throws -> IntakeReport {
        let isLong = bytes.count > IntakeStream.pieceSize
        if let rights = actor.rights, rights.places(for: .record) != nil {
            let source: any IntakeSource =
                isLong ? IntakeStream(bytes, format: format) : IntakeFile(bytes, format: format)
            let ours = StoresOfActor(source: source, rights: rights, books: try await desk.books.settings())
            return try await desk.intake.take(ours, policy: policy, dryRun: dryRun, farDates: farDates, by: actor)
        }
        guard isLong else {
            let file = IntakeFile(bytes, format: format)
            return try await desk.intake.take(file, policy: policy, dryRun: dryRun, farDates: farDates, by: actor)
        }
        let stream = IntakeStream(bytes, format: format)
        return try await desk.intake.take(stream, policy: policy, dryRun: dryRun, farDates: farDates, by: actor)
    }

    private func transaction(_ context: SiteContext) async throws -> Response {
        guard let key = Self.key(context), let recorded = try await desk.intake.transaction(key),
            context.actor.maySee(recorded, in: try await desk.books.settings())
        else {
            let named = ["source", "store", "id", "revision"].map { context.parameters.get($0) ?? "" }
            throw HTTPProblem(
                .notFound, "Not recorded",
                "No transaction “\(named.joined(separator: "/"))” (source, store, id and revision) was taken.")
        }
        return try JSONAnswer.response(RecordedShape(recorded))
    }

    private static func key(_ context: SiteContext) -> Transaction.Key? {
        guard let source = context.parameters.get("source")?.removingPercentEncoding,
            let store = context.parameters.get("store", as: Int.self).flatMap({ StoreNumber($0) }),
            let id = context.parameters.get("id")?.removingPercentEncoding,
            let revision = context.parameters.get("revision", as: Int.self)
        else { return nil }
        return Transaction.Key(readingSource: source, store: store, id: id, revision: revision)
    }

    private static func format(of request: Request) throws -> IntakeFile.Format {
        switch mediaTypeName(of: request) {
        case "application/json": .json
        case "application/x-ndjson": .ndjson
        case "text/csv": .csv
        default:
            throw HTTPProblem(
                .unsupportedMediaType, "Not a format that is taken here",
                "Send Content-Type application/json, application/x-ndjson or text/csv.")
        }
    }

    private static func flag(_ name: String, _ query: FormFields) throws -> Bool {
        switch query[name] {
        case nil, "false": false
        case "true": true
        case let text?:
            throw HTTPProblem(
                .badRequest, "Neither true nor false", "\(name) is “\(text.prefix(60))”; write true or false.")
        }
    }
}
