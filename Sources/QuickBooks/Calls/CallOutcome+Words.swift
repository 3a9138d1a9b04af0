// SPDX-License-Identifier: Apache-2.0

extension NotExecutedReason {
    /// One or two plain sentences, without names or secrets.
    public var explanation: String {
        switch self {
        case .throttled: "Intuit limits the number of requests. Wait a minute and send it again."
        case .unauthorized: "Intuit doesn't accept the access token. Refresh it, or connect again."
        case .forbidden(let fault) where fault?.classification == .subscription:
            "The company's QuickBooks subscription doesn't allow it. Its owner can renew it in QuickBooks."
        case .forbidden:
            "This connection has no access to the company. Check company and environment, or connect again."
        case .connectionFailed(let reason): "\(reason) Check the network and send it again."
        case .companyUnavailable: "The company's file is under maintenance at Intuit. Send it again later."
        case .tooLarge: "The request has more bytes than Intuit's gateway accepts. Send fewer entities at once."
        case .invalidAddress(let reason): "The address of QuickBooks can't be used: \(reason)."
        }
    }
}

extension UnknownReason {
    /// One plain sentence, without names or secrets.
    public var explanation: String {
        switch self {
        case .timedOut: "No answer came within the time limit."
        case .cut: "The connection was cut before the answer was complete."
        case .serverError(let status): "Intuit's server had an error (status \(status))."
        case .unreadable(let status): "The answer (status \(status)) can't be read."
        case .openFault(let fault): "QuickBooks failed while working on it: \(fault)."
        }
    }
}
