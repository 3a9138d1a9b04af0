// SPDX-License-Identifier: Apache-2.0

/// Why a call to QuickBooks brought no result.
///
/// Branch on ``code``; new codes may be added. ``description`` is for a person: it holds no token and
/// no name. Names may stand in the details of ``fault``.
public struct QuickBooksError: Error, Sendable, Equatable {
    /// The kind of a ``QuickBooksError``.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code as a word, for logs.
        public let description: String

        private init(_ description: String) { self.description = description }

        /// The request breaks a rule of Intuit's and was not sent.
        public static let invalidRequest = Code("invalidRequest")
        /// The client was made without an access token.
        public static let accessTokenMissing = Code("accessTokenMissing")
        /// Certainly not carried out; see ``QuickBooksError/notExecuted``.
        public static let notExecuted = Code("notExecuted")
        /// Refused for a reason; see ``QuickBooksError/fault``.
        public static let refused = Code("refused")
        /// May or may not have been carried out; see ``QuickBooksError/unknown``.
        ///
        /// Look before you repeat a write.
        public static let unknownOutcome = Code("unknownOutcome")
        /// Answered, but not in the expected form; a write may have been carried out.
        public static let unreadableAnswer = Code("unreadableAnswer")
    }

    /// The kind of failure.
    public let code: Code
    /// Why, in words, without secrets or names.
    public let reason: String
    /// QuickBooks' fault, for ``Code/refused``.
    public let fault: Fault?
    /// Why it was not carried out, for ``Code/notExecuted``.
    public let notExecuted: NotExecutedReason?
    /// Why nothing is known, for ``Code/unknownOutcome``.
    public let unknown: UnknownReason?
    /// Whether the request only read, so that repeating it can do no harm.
    public let isOfRead: Bool
    /// Intuit's trace id of the answer; its support asks for it.
    public let intuitTID: String?

    /// Makes an error.
    public init(
        _ code: Code, reason: String, fault: Fault? = nil, notExecuted: NotExecutedReason? = nil,
        unknown: UnknownReason? = nil, isOfRead: Bool = false, intuitTID: String? = nil
    ) {
        self.isOfRead = isOfRead
        self.code = code
        self.reason = reason
        self.fault = fault
        self.notExecuted = notExecuted
        self.unknown = unknown
        self.intuitTID = intuitTID
    }
}

extension QuickBooksError: CustomStringConvertible {
    /// What happened and what to do now.
    public var description: String {
        switch code {
        case .refused: reason
        case .notExecuted: "QuickBooks did not carry out the request: \(reason)"
        case .unknownOutcome where isOfRead: "QuickBooks gave no usable answer: \(reason) Ask again."
        case .unknownOutcome:
            "It is not known whether QuickBooks carried out the request: \(reason) "
                + "Look in QuickBooks before repeating it."
        case .unreadableAnswer: "QuickBooks' answer can't be read: \(reason)."
        default: "The request was not sent: \(reason)."
        }
    }
}
