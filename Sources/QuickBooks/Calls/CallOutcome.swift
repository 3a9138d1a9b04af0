// SPDX-License-Identifier: Apache-2.0

/// What became of a call.
///
/// ``answered(status:body:intuitTID:)`` and ``refused(_:intuitTID:)`` are final; the other two need another call.
public enum CallOutcome: Sendable, Equatable {
    /// Carried out; the body is complete JSON without a fault at its top. A batch's items may still
    /// hold faults, each for itself.
    case answered(status: Int, body: [UInt8], intuitTID: String?)
    /// Definitely not carried out, for a reason that is about the request itself.
    case refused(Fault, intuitTID: String?)
    /// Definitely not carried out, for a reason that is not about the request. The same bytes may be sent again.
    case notExecuted(NotExecutedReason, intuitTID: String?)
    /// Perhaps carried out, perhaps not. Look before anything is sent again.
    case unknown(UnknownReason, intuitTID: String?)
}

/// Why a request was certainly not carried out.
public enum NotExecutedReason: Sendable, Equatable {
    /// 429: too many requests. Intuit advises 60 seconds and sends no `Retry-After`; if one came, it is here.
    case throttled(retryAfter: Duration?)
    /// 401: the access token has expired or isn't accepted.
    case unauthorized(Fault?)
    /// 403: no access to this company, wrong environment, a removed user, or a lapsed subscription.
    case forbidden(Fault?)
    /// No connection: not one byte of the request left.
    case connectionFailed(reason: String)
    /// The company's file is being moved, locked or maintained (130, 140, 150).
    case companyUnavailable(Fault)
    /// 413: more bytes than Intuit's gateway accepts, whatever the body of the answer says. Send less at once.
    case tooLarge
    /// The address isn't one that a token may be sent to.
    case invalidAddress(reason: String)
}

/// Why it is not known whether a request was carried out.
public enum UnknownReason: Sendable, Equatable {
    /// No answer in time.
    case timedOut
    /// The connection was cut before the answer was complete.
    case cut
    /// A status of 500 to 599, or 408.
    case serverError(status: Int)
    /// An answer that isn't complete JSON, or one with a status that isn't expected.
    case unreadable(status: Int)
    /// A fault that leaves it open: 6000 "unexpected", 600, or a failure inside QuickBooks.
    case openFault(Fault)
}
