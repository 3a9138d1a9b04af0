// SPDX-License-Identifier: Apache-2.0
import Daybook
import QuickBooks

/// A fault in words for the bookkeeper: what QuickBooks said, and what to do.
extension Fault {
    func refusal(tid: String?) -> Refusal {
        Refusal(code: codes.first ?? "", explanation: explanation, intuitTID: tid)
    }

    private var explanation: String {
        switch classification {
        case .closedPeriod:
            """
            The books are closed for this date in QuickBooks Online. Reopen the period there, then press Reset for \
            export. (\(description))
            """
        case .inactiveReference:
            """
            An account, class or location of this document was made inactive in QuickBooks Online. Make it active \
            there, or change the account number, then press Reset for export. (\(description))
            """
        case .invalidReference:
            """
            QuickBooks Online does not know an account, class or location of this document any more. Check Account \
            Numbers, then press Reset for export. (\(description))
            """
        case .featureUnavailable:
            """
            The QuickBooks plan or the connecting user's rights don't allow this. Ask the QuickBooks administrator, \
            then press Reset for export. (\(description))
            """
        default:
            "QuickBooks Online refused it: \(description). Correct the cause, then press Reset for export."
        }
    }
}
