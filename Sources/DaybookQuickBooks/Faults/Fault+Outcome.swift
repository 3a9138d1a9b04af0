// SPDX-License-Identifier: Apache-2.0
import Daybook
import QuickBooks

/// How Daybook reacts to a fault of QuickBooks, by what its code means (``Fault/classification``).
extension Fault {
    /// What the fault means for the one document that it is about.
    func itemOutcome(tid: String?) -> ItemOutcome {
        if mayHaveBeenExecuted { return .unknown(reason: description) }
        switch classification {
        case .duplicateDocNumber: return .numberTaken
        case .throttled, .unauthorized, .forbiddenRealm, .subscription, .companyUnavailable:
            // The trouble is the connection's, not the transaction's: it is looked up, then sent anew.
            return .unknown(reason: description)
        default: return .refused(refusal(tid: tid))
        }
    }

    /// The whole request was refused: what that means for each of its documents.
    func outcome(of envelope: Envelope, tid: String?) -> SendOutcome {
        switch classification {
        case .subscription: return .notExecuted(.subscriptionLapsed(intuitTID: tid))
        case .featureUnavailable: return .notExecuted(.notAllowed(intuitTID: tid))
        case .unauthorized: return .notExecuted(.unauthorized(intuitTID: tid))
        case .forbiddenRealm: return .notExecuted(.forbidden(intuitTID: tid))
        default:
            let outcome = itemOutcome(tid: tid)
            // A refusal of thirty documents together need not hold for each.
            if envelope.items.count > 1, case .refused(let refusal) = outcome {
                return .refusedAsWhole(refusal)
            }
            let ids = envelope.items.map(\.batchItemID)
            return .answered(Dictionary(ids.map { ($0, outcome) }, uniquingKeysWith: { $1 }), intuitTID: tid)
        }
    }
}
