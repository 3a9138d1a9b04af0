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
        case .refused(let fault, let tid): return outcome(of: fault, envelope, tid: tid)
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
        if let companyWide = Self.companyWide(answer, envelope, tid: tid) { return .notExecuted(companyWide) }
        var outcomes: [String: ItemOutcome] = [:]
        // An item id that the answer names twice has no result and is left out: its outcome is unknown.
        for item in envelope.items {
            outcomes[item.batchItemID] = answer.result(for: item.batchItemID).map { itemOutcome($0, item, tid: tid) }
        }
        return .answered(outcomes, intuitTID: tid)
    }

    /// The reason for which every document of the envelope was refused, when it lies with the company; nil otherwise.
    ///
    /// Nil also when the answer leaves a document out or names one twice: that one may be booked.
    private static func companyWide(_ answer: BatchAnswer, _ envelope: Envelope, tid: String?) -> NotExecuted? {
        let results = envelope.items.map { answer.result(for: $0.batchItemID) }
        let classifications = results.map { result -> Fault.Classification? in
            guard case .fault(let fault) = result, !fault.mayHaveBeenExecuted else { return nil }
            return fault.classification
        }
        guard let first = classifications.first, classifications.allSatisfy({ $0 == first }) else { return nil }
        switch first {
        case .subscription: return .subscriptionLapsed(intuitTID: tid)
        case .featureUnavailable: return .notAllowed(intuitTID: tid)
        default: return nil
        }
    }

    private func itemOutcome(_ result: BatchAnswer.Result, _ item: Envelope.Item, tid: String?) -> ItemOutcome {
        switch result {
        case .entity(let entity) where entity.answers(item):
            guard let syncToken = entity.syncToken else { return .unknown(reason: "the answer names no document") }
            return .posted(Receipt(documentID: entity.id, syncToken: syncToken))
        case .fault(let fault): return itemOutcome(fault, tid: tid)
        case .entity, .found, .unreadable: return .unknown(reason: "the answer to this document can't be read")
        }
    }

    private func itemOutcome(_ fault: Fault, tid: String?) -> ItemOutcome {
        if fault.mayHaveBeenExecuted { return .unknown(reason: fault.description) }
        switch fault.classification {
        case .duplicateDocNumber: return .numberTaken
        case .throttled, .unauthorized, .forbiddenRealm, .subscription, .companyUnavailable:
            // The trouble is the connection's, not the transaction's: it is looked up, then sent anew.
            return .unknown(reason: fault.description)
        default: return .refused(RefusalWords.refusal(fault, tid: tid))
        }
    }

    /// The whole request was refused: what that means for each of its documents.
    private func outcome(of fault: Fault, _ envelope: Envelope, tid: String?) -> SendOutcome {
        switch fault.classification {
        case .subscription: return .notExecuted(.subscriptionLapsed(intuitTID: tid))
        case .featureUnavailable: return .notExecuted(.notAllowed(intuitTID: tid))
        case .unauthorized: return .notExecuted(.unauthorized(intuitTID: tid))
        case .forbiddenRealm: return .notExecuted(.forbidden(intuitTID: tid))
        default:
            let outcome = itemOutcome(fault, tid: tid)
            // A refusal of thirty documents together need not hold for each.
            if envelope.items.count > 1, case .refused(let refusal) = outcome {
                return .refusedAsWhole(refusal)
            }
            let ids = envelope.items.map(\.batchItemID)
            return .answered(Dictionary(ids.map { ($0, outcome) }, uniquingKeysWith: { $1 }), intuitTID: tid)
        }
    }

    func notExecuted(_ reason: NotExecutedReason, tid: String?, connection: Connection.ID) -> NotExecuted {
        switch reason {
        case .throttled(let retryAfter):
            throttled(connection, retryAfter: retryAfter)
            return .throttled
        case .unauthorized(let fault) where fault?.classification == .forbiddenRealm: return .forbidden(intuitTID: tid)
        case .unauthorized: return .unauthorized(intuitTID: tid)
        case .forbidden(let fault) where fault?.classification == .subscription:
            return .subscriptionLapsed(intuitTID: tid)
        case .forbidden(let fault) where fault?.classification == .featureUnavailable:
            return .notAllowed(intuitTID: tid)
        case .forbidden(let fault) where fault?.classification == .forbiddenRealm: return .forbidden(intuitTID: tid)
        // A proxy may answer 403 too; only Intuit's own code shows that the company refuses us.
        case .forbidden: return .unreachable(reason: "status 403 without a reason of Intuit's")
        case .tooLarge: return .tooLarge
        case .connectionFailed, .companyUnavailable, .invalidAddress: return .unreachable(reason: reason.explanation)
        }
    }
}
