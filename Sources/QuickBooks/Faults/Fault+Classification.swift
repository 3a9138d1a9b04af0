// SPDX-License-Identifier: Apache-2.0

extension Fault {
    /// What a fault means to somebody who posts.
    public enum Classification: Sendable, Equatable {
        /// 3001: too many requests; not carried out.
        case throttled
        /// 100, 110, 3200, 3202: the access token isn't accepted.
        case unauthorized
        /// 120, 3100: no access to this company: wrong environment, disconnected, or a removed user.
        case forbiddenRealm
        /// 5010: somebody changed it in the meantime.
        case staleObject
        /// 6140: the number is taken, perhaps by an earlier request for the same transaction. The details name the one
        /// that has it.
        case duplicateDocNumber(transactionID: String?)
        /// 6240: the name is taken, by that id if it was stated.
        case duplicateName(id: String?)
        /// 6200, 6210: the period is closed.
        case closedPeriod
        /// 610: something referred to is inactive or gone.
        case inactiveReference
        /// 2500: something referred to was never there.
        case invalidReference
        /// 6190: the company's subscription has ended or is suspended.
        case subscription
        /// 5020, 5030: the company's plan or the user's role doesn't allow it.
        case featureUnavailable
        /// 130, 140, 150: the company is being moved, locked or maintained; not carried out.
        case companyUnavailable
        /// 6000 with "unexpected error … wait a few minutes": **may have been carried out**.
        case transientUnexpected
        /// 600: the `requestid` was used before: the request **may have been carried out** at that time.
        case duplicateRequestID
        /// 1000 to 1020, 6002, 10000: a failure inside QuickBooks: **may have been carried out**.
        case systemFailure
        /// Anything else QuickBooks found wrong with the request.
        case validation
        /// A gateway's page; nothing can be read from it.
        case unreadable
    }

    /// What the fault means: its first reason that means more than ``Classification/validation`` decides.
    public var classification: Classification {
        guard !errors.isEmpty else { return .unreadable }
        return errors.lazy.map(\.classification).first { $0 != .validation } ?? .validation
    }

    /// Whether the request may have been carried out in spite of the fault.
    ///
    /// Look before you repeat.
    public var mayHaveBeenExecuted: Bool {
        if type == "SystemFault" { return true }
        switch classification {
        case .transientUnexpected, .duplicateRequestID, .systemFailure, .unreadable: return true
        default: return false
        }
    }
}

extension Fault.Reason {
    /// What this reason alone means.
    ///
    /// Numbers decide, and where sources give one number two meanings, the text does too.
    var classification: Fault.Classification {
        switch code {
        case "3001", "003001": .throttled
        case "100", "110", "3200", "003200", "3202": .unauthorized
        case "120", "3100", "003100": .forbiddenRealm
        case "130", "140", "150": .companyUnavailable
        case "600": .duplicateRequestID
        case "610": .inactiveReference
        case "1000", "1010", "1020", "6002", "006002", "10000": .systemFailure
        case "2500": .invalidReference
        case "5010": .staleObject
        case "5020", "5030": .featureUnavailable
        case "6000": isTransient ? .transientUnexpected : .validation
        case "6140": duplicateDocNumber
        case "6190": .subscription
        case "6200", "6210": says("duplicate") ? duplicateDocNumber : (says("closed") ? .closedPeriod : .validation)
        case "6240": .duplicateName(id: number(after: "Id="))
        default: .validation
        }
    }

    private var duplicateDocNumber: Fault.Classification { .duplicateDocNumber(transactionID: number(after: "TxnId=")) }

    private var isTransient: Bool {
        says("unexpected error occurred while accessing or saving") || says("wait a few minutes")
    }

    private func says(_ words: String) -> Bool {
        message.lowercased().contains(words) || detail.lowercased().contains(words)
    }

    private func number(after label: String) -> String? {
        guard let start = detail.firstRange(of: label) else { return nil }
        let digits = detail[start.upperBound...].prefix { $0.isASCII && $0.isNumber }
        return digits.isEmpty ? nil : String(digits)
    }
}
