// SPDX-License-Identifier: Apache-2.0
package import Daybook
import Foundation
import QuickBooks

extension QuickBooksLedger {
    package func compose(_ units: [ResolvedUnit], company: Company, requestID: String) throws -> FrozenRequest {
        let items = try units.map { try BatchItem($0, requestID: requestID) }
        let request = try RequestComposer(realmID: company.realmID).batch(items, requestID: requestID)
        return FrozenRequest(target: request.path, body: request.body, sha256: digest.sha256(request.body))
    }

    package func send(_ envelope: Envelope, access: LedgerAccess) async -> SendOutcome {
        let frozen = envelope.request
        guard digest.sha256(frozen.body) == frozen.sha256 else {
            // Bytes that changed on the disk are never sent. An earlier sending may have arrived, so a look has to
            // tell.
            return .unknown(reason: "the stored request is damaged")
        }
        let request = PreparedRequest(
            method: "POST", path: frozen.target, contentType: "application/json", body: frozen.body, kind: .batch)
        let token = AccessToken(access.accessToken.reveal())
        let client: QuickBooksClient
        do throws(EnvironmentUnknown) {
            client = try self.client(access)
        } catch {
            return .notExecuted(error.notExecuted)
        }
        switch await client.send(request, accessToken: token) {
        case .answered(_, let body, let tid): return outcome(of: body, envelope, tid: tid)
        case .refused(let fault, let tid): return fault.outcome(of: envelope, tid: tid)
        case .notExecuted(.companyUnavailable(let fault), _): return .unknown(reason: fault.description)
        case .notExecuted(let reason, let tid):
            return .notExecuted(notExecuted(reason, tid: tid, connection: envelope.connection))
        case .unknown(let reason, _): return .unknown(reason: reason.explanation)
        }
    }

    private func outcome(of body: [UInt8], _ envelope: Envelope, tid: String?) -> SendOutcome {
        let answer: BatchAnswer
        do throws(QuickBooksError) {
            answer = try BatchAnswer(parsing: body)
        } catch {
            return .unknown(reason: "the answer can't be read")
        }
        if let reason = NotExecuted(ofAll: envelope, in: answer, tid: tid) { return .notExecuted(reason) }
        var outcomes: [String: ItemOutcome] = [:]
        // An item id that the answer names twice has no result and is left out: its outcome is unknown.
        for item in envelope.items {
            outcomes[item.batchItemID] = answer.result(for: item.batchItemID).map { itemOutcome($0, item, tid: tid) }
        }
        return .answered(outcomes, intuitTID: tid)
    }

    private func itemOutcome(_ result: BatchAnswer.Result, _ item: Envelope.Item, tid: String?) -> ItemOutcome {
        switch result {
        case .entity(let entity) where entity.answers(item):
            guard let syncToken = entity.syncToken else { return .unknown(reason: "the answer names no document") }
            return .posted(Receipt(documentID: entity.id, syncToken: syncToken))
        case .fault(let fault): return fault.itemOutcome(tid: tid)
        case .entity, .found, .unreadable: return .unknown(reason: "the answer to this document can't be read")
        }
    }

    func notExecuted(_ reason: NotExecutedReason, tid: String?, connection: Connection.ID) -> NotExecuted {
        if case .throttled(let retryAfter) = reason { throttled(connection, retryAfter: retryAfter) }
        return NotExecuted(reason, tid: tid)
    }
}
