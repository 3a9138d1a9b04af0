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
        let format = try Self.format(of: request)
        let call = Call(
            bytes: try await APIBody.file(request), format: format, policy: isPartial ? .partial : .allOrNothing,
            isDryRun: isDryRun, confirmed: try Self.confirmed(query), fileName: try Self.fileName(query))
        let (report, preview) = try await take(call, by: context.actor)
        // A day without trade may have a file without transactions.
        guard !report.isEmpty || call.fileName != nil else {
            throw HTTPProblem(.unprocessableContent, "The body has no transaction", "Send at least one transaction.")
        }
        return try IntakeAnswer(report: report, preview: preview, isPartial: isPartial, isDryRun: isDryRun).response()
    }

    /// What is sent, and how it is to be taken.
    private struct Call {
        let bytes: [UInt8]
        let format: IntakeFile.Format
        let policy: RecordPolicy
        let isDryRun: Bool
        let confirmed: IntakeConfirmation
        /// Nil for transactions that are sent as they happen.
        let fileName: String?

        var files: [IncomingFile] {
            fileName.map { [IncomingFile(.new(.api), name: $0, size: bytes.count, profile: nil)] } ?? []
        }

        var isLong: Bool { bytes.count > IntakeStream.pieceSize }

        var source: any IntakeSource {
            isLong ? IntakeStream(bytes, format: format) : IntakeFile(bytes, format: format)
        }
    }

    /// What is short and of no file is committed together with others'; all else is read piece by piece while it is
    /// recorded.
    private func take(_ call: Call, by actor: Actor) async throws -> (IntakeReport, FilePreview?) {
        var source = call.source
        if let rights = actor.rights, rights.places(for: .record) != nil {
            source = StoresOfActor(source: source, rights: rights, books: try await desk.books.settings())
        } else if let file = source as? IntakeFile, call.files.isEmpty, !call.isDryRun {
            let report = try await desk.intake.take(file, policy: call.policy, confirmed: call.confirmed, by: actor)
            return (report, nil)
        }
        guard call.isDryRun else {
            let report = try await desk.intake.take(
                source, policy: call.policy, confirmed: call.confirmed, files: call.files, by: actor)
            return (report, nil)
        }
        let preview = try await desk.intake.preview(
            source, policy: call.policy, confirmed: call.confirmed, files: call.files, by: actor)
        return (preview.report, preview)
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

    private static func confirmed(_ query: FormFields) throws -> IntakeConfirmation {
        var confirmed: IntakeConfirmation = try flag("farDates", query) ? .farDates : []
        if try flag("overlaps", query) { confirmed.insert(.overlaps) }
        if try flag("beside", query) { confirmed.insert(.beside) }
        if try flag("ledger", query) { confirmed.insert(.ledger) }
        return confirmed
    }

    private static func fileName(_ query: FormFields) throws -> String? {
        guard let name = query["file"] else { return nil }
        guard (1...200).contains(name.count), ControlCharacters.first(in: name) == nil else {
            throw HTTPProblem(
                .badRequest, "Not a file's name",
                "file is “\(ControlCharacters.marked(String(name.prefix(60))))”; write 1 to 200 characters, and no control characters."
            )
        }
        return name
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
