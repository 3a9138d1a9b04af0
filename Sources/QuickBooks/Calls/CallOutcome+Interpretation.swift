// SPDX-License-Identifier: Apache-2.0
public import HTTPTransport
import HTTPTypes

extension CallOutcome {
    /// Says what a response means.
    ///
    /// Pure. Whatever isn't certain is ``unknown(_:intuitTID:)``.
    public init(_ response: TransportResponse) {
        let tid = response.head.headerFields[.intuitTID]
        switch response.statusCode {
        case 200...299: self = Self.success(response, tid)
        case 401: self = .notExecuted(.unauthorized(Fault(parsing: response.body)), intuitTID: tid)
        case 429: self = .notExecuted(.throttled(retryAfter: response.retryAfter), intuitTID: tid)
        case 403: self = Self.forbidden(response, tid)
        case 413: self = .notExecuted(.tooLarge, intuitTID: tid)
        case 408, 500...599: self = .unknown(.serverError(status: response.statusCode), intuitTID: tid)
        case 400...499: self = Self.refusal(response, tid)
        default: self = .unknown(.unreadable(status: response.statusCode), intuitTID: tid)
        }
    }

    /// Says what a transport's failure means.
    public init(_ error: TransportError) {
        switch error {
        case .timedOut(sentBytes: true): self = .unknown(.timedOut, intuitTID: nil)
        case .connectionFailed(sentBytes: true, _): self = .unknown(.cut, intuitTID: nil)
        case .responseTooLarge: self = .unknown(.cut, intuitTID: nil)
        case .timedOut(sentBytes: false), .connectionFailed(sentBytes: false, _):
            self = .notExecuted(.connectionFailed(reason: error.description), intuitTID: nil)
        case .invalidRequest(let reason): self = .notExecuted(.invalidAddress(reason: reason), intuitTID: nil)
        }
    }

    private static func success(_ response: TransportResponse, _ tid: String?) -> CallOutcome {
        guard let outline = JSONOutline(response.body) else {
            return .unknown(.unreadable(status: response.statusCode), intuitTID: tid)
        }
        // Intuit says that a 200 may hold a fault, outside batches too.
        if outline.hasFault, let fault = Fault(parsing: response.body) {
            return outcome(of: fault, response, tid)
        }
        return .answered(status: response.statusCode, body: response.body, intuitTID: tid)
    }

    private static func forbidden(_ response: TransportResponse, _ tid: String?) -> CallOutcome {
        let fault = Fault(parsing: response.body)
        // Older deployments say 403 when they mean 429.
        if fault?.classification == .throttled {
            return .notExecuted(.throttled(retryAfter: response.retryAfter), intuitTID: tid)
        }
        return .notExecuted(.forbidden(fault), intuitTID: tid)
    }

    private static func refusal(_ response: TransportResponse, _ tid: String?) -> CallOutcome {
        guard let fault = Fault(parsing: response.body), !fault.errors.isEmpty else {
            return .unknown(.unreadable(status: response.statusCode), intuitTID: tid)
        }
        return outcome(of: fault, response, tid)
    }

    private static func outcome(of fault: Fault, _ response: TransportResponse, _ tid: String?) -> CallOutcome {
        if fault.mayHaveBeenExecuted { return .unknown(.openFault(fault), intuitTID: tid) }
        switch fault.classification {
        case .throttled: return .notExecuted(.throttled(retryAfter: response.retryAfter), intuitTID: tid)
        case .unauthorized: return .notExecuted(.unauthorized(fault), intuitTID: tid)
        case .forbiddenRealm: return .notExecuted(.forbidden(fault), intuitTID: tid)
        case .companyUnavailable: return .notExecuted(.companyUnavailable(fault), intuitTID: tid)
        default: return .refused(fault, intuitTID: tid)
        }
    }
}

extension TransportResponse {
    /// `Retry-After` in seconds; a date, or nonsense, is ignored.
    fileprivate var retryAfter: Duration? {
        guard let seconds = head.headerFields[.retryAfter].flatMap({ Int($0) }), (0...86_400).contains(seconds) else {
            return nil
        }
        return .seconds(seconds)
    }
}

extension HTTPField.Name {
    static let intuitTID = {
        guard let name = HTTPField.Name("intuit_tid") else { preconditionFailure("intuit_tid is a field name") }
        return name
    }()
}
