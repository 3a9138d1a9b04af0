// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Learns from the documents in QuickBooks that the database is a restored copy.
extension Exporter {
    /// Asks for one page of the survey.
    ///
    /// - Returns: Nil when the survey of this company is complete and judged.
    func survey(_ sending: SendingState, _ context: PostingContext) async throws -> Wake? {
        let now = clock.now
        var survey: Survey
        if let begun = surveys[context.connection], begun.isOf(context.token) {
            survey = begun
        } else {
            // What was posted to another company is not there.
            posted[context.connection] = nil
            let since = try await storage.surveySince(context.connection)
            survey = Survey(of: context.token, since: since ?? now, now: now)
        }
        guard survey.unknown == nil else { return nil }
        if let next = survey.next {
            if let wake = reserve(.single, sending, context) { return wake }
            switch await ledger.survey(
                next.kind, createdIn: survey.span, from: next.position, access: context.access
            ) {
            case .notExecuted(let reason): return try await notExecuted(reason, context)
            case .failed(let reason): return try await retryLater(context, reason: reason)
            case .answer(let page): survey.take(page)
            }
            surveys[context.connection] = survey
            try await worked(context)
            guard survey.next == nil else { return .now }
        }
        try await judge(survey, of: context.connection)
        survey.wasJudged(unknown: try await storage.unknownDocuments(on: context.connection))
        surveys[context.connection] = survey
        return .now
    }

    private func judge(_ survey: Survey, of connection: Connection.ID) async throws {
        guard !survey.found.isEmpty else { return }
        let known = try await known(survey.found, to: connection)
        let verdict = SurveyVerdict(
            survey.found, known: Dictionary(known.map { ($0.id, $0) }) { first, _ in first },
            noted: try await storage.unknownDocuments(on: connection),
            stores: try await storage.storesPosting(to: connection))
        let horizon = settings.inFlightHorizon.seconds + Survey.clockDifference
        let other = OtherPoster(
            surveyed: survey.found, known: known, told: try await storage.toldDocuments(on: connection),
            lastBefore: lastBookedBeforeStart(connection), recent: clock.now.addingTimeInterval(-horizon))
        if other.isThere {
            // Its notice says more than that the database is a copy, and by it, too, all is looked up.
            try await stopPosting(other, on: connection)
        } else if !verdict.evidence.isEmpty {
            try await notice(unknownDocuments: verdict.evidence.count, on: connection)
        }
        // Stored only now, because a stored document is not reported again at the next start.
        try await storage.keep(
            unknown: verdict.strangers, createdSince: survey.span.from, on: connection, at: clock.now)
    }

    /// The exports of documents, as far as they are of the company in which the documents are.
    ///
    /// A connection that was for the same company before may have sent them.
    func known(_ documents: [MarkedDocument], to connection: Connection.ID) async throws -> [Export] {
        let own = try await storage.connections(forCompanyOf: connection)
        return try await storage.exports(withIDs: Array(Set(documents.map(\.exportID)))).filter {
            own.contains($0.connection)
        }
    }

    /// Notes that the database is a restored copy, and how many documents it does not know.
    ///
    /// A notice that the epoch file or another poster gave keeps its sign while nothing was sent since; the documents
    /// only tell how far the copy is behind.
    func notice(unknownDocuments: Int, on connection: Connection.ID) async throws {
        let lastSent = try await storage.surveySince(connection) ?? .distantPast
        let earlier = try await storage.restoredCopy(of: connection).flatMap { copy in
            let isStillSo = copy.unknownDocuments == 0 || copy.sign == .secondCopy
            return lastSent < copy.noticedAt && isStillSo ? copy : nil
        }
        let notice = CopyNotice(
            connection: connection, sign: earlier?.sign ?? .unknownDocuments,
            missingEnvelopes: earlier?.missingEnvelopes, unknownDocuments: unknownDocuments)
        try await storage.notice(notice, at: clock.now)
        logEvents.emit(.restoredCopy(notice))
    }
}
