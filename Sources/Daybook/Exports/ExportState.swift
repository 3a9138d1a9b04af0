// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// The state of an export.
package enum ExportState: Hashable, Sendable {
    /// Its day is still open. Next: pending, nothingToPost, withdrawn.
    case collecting
    /// Waits for its turn. Next: exporting, checking, error, onHold, excluded, withdrawn.
    case pending
    /// An open envelope holds it. Next: exported, error, checking, pending.
    case exporting
    /// Sent, outcome unknown, being looked up. Next: exported, error, pending.
    case checking(Doubt)
    /// In QuickBooks. Final.
    case exported(Receipt)
    /// Refused, or can't be sent as it is; waits for a person. Next: pending, checking, onHold, excluded, withdrawn.
    case error(ExportFailure)
    /// Held by a person. Next: pending, checking, excluded, withdrawn.
    case onHold
    /// A person decided that it is not exported. Next: pending, checking, withdrawn.
    case excluded
    /// A revision took its place, or its file was taken back, before it was sent. Final.
    case withdrawn
    /// Its amounts come to nothing. Final.
    case nothingToPost

    package var name: Name {
        switch self {
        case .collecting: .collecting
        case .pending: .pending
        case .exporting: .exporting
        case .checking: .checking
        case .exported: .exported
        case .error: .error
        case .onHold: .onHold
        case .excluded: .excluded
        case .withdrawn: .withdrawn
        case .nothingToPost: .nothingToPost
        }
    }

    package enum Name: String, CaseIterable, Sendable {
        case collecting, pending, exporting, checking, exported, error
        case onHold = "on-hold"
        case excluded, withdrawn
        case nothingToPost = "nothing-to-post"

        /// The name as the pages show it.
        package var title: String {
            switch self {
            case .collecting: "Collecting"
            case .pending: "Pending"
            case .exporting: "Exporting"
            case .checking: "Checking"
            case .exported: "Exported"
            case .error: "Error"
            case .onHold: "On hold"
            case .excluded: "Excluded"
            case .withdrawn: "Withdrawn"
            case .nothingToPost: "Nothing to post"
            }
        }
    }
}

/// Since when it is not known whether a request was carried out, and when to look next.
package struct Doubt: Hashable, Sendable {
    /// The latest moment at which the request can have been on its way: the end of our call, or the takeover
    /// after a crash.
    ///
    /// A look proves a document absent only if it began a horizon after this.
    package let since: Date
    package let lookNoEarlierThan: Date
    /// The notice of a restored copy that asks for the look, by its serial; nil for any other doubt.
    package let copy: Int64?

    package init(since: Date, lookNoEarlierThan: Date, copy: Int64? = nil) {
        self.since = since
        self.lookNoEarlierThan = lookNoEarlierThan
        self.copy = copy
    }

    func looked(next: Date) -> Doubt { Doubt(since: since, lookNoEarlierThan: next, copy: copy) }
}

/// Why an export is in Error.
package enum ExportFailure: Hashable, Sendable {
    /// QuickBooks refused the document definitely; nothing of it was booked.
    case refused(Refusal)
    /// A problem that was found before anything was sent; it usually blocks many exports.
    case blocked(Problem)
    /// A document in QuickBooks is in the way, such as one with our number but not our marker or amounts; a person
    /// decides.
    case foreignDocument(documentID: String, explanation: String)
}

/// QuickBooks' definite no.
package struct Refusal: Hashable, Sendable {
    /// Intuit's error code, such as `6200`.
    package let code: String
    /// In words for the bookkeeper, with the remedy.
    package let explanation: String
    /// Intuit's trace id of the answer, for its support.
    package let intuitTID: String?

    package init(code: String, explanation: String, intuitTID: String?) {
        self.code = code
        self.explanation = explanation
        self.intuitTID = intuitTID
    }
}
