// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Two live copies of one data folder would post the same queue twice.
extension Exporter {
    /// One cheap question before each envelope: how many documents carry its numbers and those of the envelope before
    /// it.
    ///
    /// More than that one's own means that somebody else posts our documents.
    ///
    /// - Returns: Nil when the envelope may go out.
    func waitForOtherPoster(_ units: [Export], _ sending: SendingState, _ post: Post) async throws -> Wake? {
        let serials = units.map(\.serial)
        if let counted = counted[post.connection], counted.serials == serials,
            clock.elapsed - counted.at < Self.countHolds
        {
            return nil
        }
        let earlier = lastPosted[post.connection] ?? []
        let numbers = earlier + units.map(\.documentNumber)
        if toMeet[post.connection] == serials { return try await meet(numbers, units, sending, post) }
        if let wake = reserve(.single, sending, post) { return wake }
        switch await ledger.count(numbered: numbers, access: post.access) {
        case .notExecuted(let reason): return try await notExecuted(reason, post)
        case .failed(let reason): return try await retryLater(post, reason: reason)
        case .answer(let count) where count <= earlier.count:
            counted[post.connection] = (serials, clock.elapsed)
            return nil
        case .answer:
            // The pace may want a moment before the next question.
            toMeet[post.connection] = serials
            return try await meet(numbers, units, sending, post)
        }
    }

    /// The pace may want a moment between the count and the envelope; what was counted longer ago is counted again.
    private static let countHolds = Duration.seconds(3)

    private func meet(
        _ numbers: [DocumentNumber], _ units: [Export], _ sending: SendingState, _ post: Post
    ) async throws -> Wake? {
        if let wake = reserve(.single, sending, post) { return wake }
        switch await ledger.marked(numbered: numbers, access: post.access) {
        case .notExecuted(let reason): return try await notExecuted(reason, post)
        case .failed(let reason): return try await retryLater(post, reason: reason)
        case .answer(let documents):
            toMeet[post.connection] = nil
            let other = OtherPoster(
                documents, about: units, known: try await known(documents, to: post.connection),
                told: try await storage.toldDocuments(on: post.connection))
            return try await judge(other, units, post)
        }
    }

    private func judge(_ other: OtherPoster, _ units: [Export], _ post: Post) async throws -> Wake? {
        let now = clock.now
        if other.isThere {
            try await stopPosting(other, on: post.connection)
            return .now
        }
        let late = try units.filter { other.late.contains($0.id) }.map { export in
            try export.change(
                .lookRequired(since: now, firstLook: now), "QuickBooks has a document with its number; looked up",
                at: now)
        }
        guard !late.isEmpty else {
            // The numbers stand on documents of other people's; the refusal or the look will say so.
            counted[post.connection] = (units.map(\.serial), clock.elapsed)
            return nil
        }
        try await storage.settle(Settlement(changes: late), lease: post.lease, at: now)
        return .now
    }

    func stopPosting(_ other: OtherPoster, on connection: Connection.ID) async throws {
        let now = clock.now
        let notice = CopyNotice(
            connection: connection, sign: .secondCopy,
            unknownDocuments: other.strangers.count + other.doubles.count)
        try await storage.stopPosting(
            PostingStop(since: now, explanation: other.explanation), on: connection, notice: notice,
            told: other.toldDocuments)
        notices.emit(.restoredCopy(notice))
        notices.emit(.postingStopped(connection: connection, doubles: other.doubles.map(\.documentIDs)))
    }
}
