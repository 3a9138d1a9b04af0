// SPDX-License-Identifier: Apache-2.0
import Daybook
import QuickBooks

/// A fault in words for the bookkeeper: what QuickBooks said, and what to do.
enum RefusalWords {
    static func refusal(_ fault: Fault, tid: String?) -> Refusal {
        Refusal(code: fault.codes.first ?? "", explanation: explanation(fault), intuitTID: tid)
    }

    private static func explanation(_ fault: Fault) -> String {
        switch fault.classification {
        case .closedPeriod:
            """
            The books are closed for this date in QuickBooks Online. Reopen the period there, then press Reset for \
            export. (\(fault.description))
            """
        case .inactiveReference:
            """
            An account, class or location of this document was made inactive in QuickBooks Online. Make it active \
            there, or change the account number, then press Reset for export. (\(fault.description))
            """
        case .invalidReference:
            """
            QuickBooks Online does not know an account, class or location of this document any more. Check Account \
            Numbers, then press Reset for export. (\(fault.description))
            """
        case .featureUnavailable:
            """
            The QuickBooks plan or the connecting user's rights don't allow this. Ask the QuickBooks administrator, \
            then press Reset for export. (\(fault.description))
            """
        default:
            "QuickBooks Online refused it: \(fault.description). Correct the cause, then press Reset for export."
        }
    }
}
