// SPDX-License-Identifier: Apache-2.0

/// Something about an account that may be right or wrong; entries go out meanwhile, and a person is asked once.
package enum AccountQuestion: Hashable, Sendable {
    /// The account's type is unusual for the role.
    case unusualType(AccountNumbers.Slot, name: String, type: String)
    /// The number of the role leads to another account by now; the one that was kept stays.
    case numberMoved(AccountNumbers.Slot, AccountNumber, kept: String, other: String)

    package var slot: AccountNumbers.Slot {
        switch self {
        case .unusualType(let slot, _, _), .numberMoved(let slot, _, _, _): slot
        }
    }

    /// For the bookkeeper.
    package var text: String {
        switch self {
        case .unusualType(let slot, let name, let type):
            """
            \(slot.role.name) at store \(slot.store) goes to \(name), which is of type \(type). Most businesses use an account \
            of type \(slot.role.kind.usualTypes[0].rawValue). Is it right?
            """
        case .numberMoved(let slot, let number, let kept, let other):
            """
            The number \(number) of \(slot.role.name) at store \(slot.store) belongs to \(other) in QuickBooks Online now. \
            Daybook still posts to \(kept), for which it was chosen. Which of the two is right?
            """
        }
    }

    /// What a person may answer.
    package var answers: [AccountAnswer] {
        switch self {
        case .unusualType: [.keep]
        case .numberMoved: [.keep, .follow]
        }
    }

    /// The kind of the question, as programs read it.
    package var code: String {
        switch self {
        case .unusualType: "unusual-type"
        case .numberMoved: "number-moved"
        }
    }
}

/// What a person says to a question.
package enum AccountAnswer: String, Sendable, CaseIterable {
    /// The account that entries go to now is right.
    case keep
    /// The account that the number leads to now is right.
    case follow
}
