// SPDX-License-Identifier: Apache-2.0
import Daybook
import QuickBooks

extension NotExecuted {
    /// Why a call was not carried out, by the status of its answer and the fault in it.
    init(_ reason: NotExecutedReason, tid: String?) {
        switch reason {
        case .throttled: self = .throttled
        case .unauthorized(let fault) where fault?.classification == .forbiddenRealm: self = .forbidden(intuitTID: tid)
        case .unauthorized: self = .unauthorized(intuitTID: tid)
        case .forbidden(let fault) where fault?.classification == .subscription:
            self = .subscriptionLapsed(intuitTID: tid)
        case .forbidden(let fault) where fault?.classification == .featureUnavailable:
            self = .notAllowed(intuitTID: tid)
        case .forbidden(let fault) where fault?.classification == .forbiddenRealm: self = .forbidden(intuitTID: tid)
        // A proxy may answer 403 too; only Intuit's own code shows that the company refuses us.
        case .forbidden: self = .unreachable(reason: "status 403 without a reason of Intuit's")
        case .tooLarge: self = .tooLarge
        case .connectionFailed, .companyUnavailable, .invalidAddress: self = .unreachable(reason: reason.explanation)
        }
    }

    /// The reason for which every document of the envelope was refused, when it lies with the company; nil otherwise.
    ///
    /// Nil also when the answer leaves a document out or names one twice: that one may be booked.
    init?(ofAll envelope: Envelope, in answer: BatchAnswer, tid: String?) {
        let results = envelope.items.map { answer.result(for: $0.batchItemID) }
        let classifications = results.map { result -> Fault.Classification? in
            guard case .fault(let fault) = result, !fault.mayHaveBeenExecuted else { return nil }
            return fault.classification
        }
        guard let first = classifications.first, classifications.allSatisfy({ $0 == first }) else { return nil }
        switch first {
        case .subscription: self = .subscriptionLapsed(intuitTID: tid)
        case .featureUnavailable: self = .notAllowed(intuitTID: tid)
        default: return nil
        }
    }
}
