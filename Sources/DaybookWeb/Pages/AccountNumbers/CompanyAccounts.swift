// SPDX-License-Identifier: Apache-2.0
import Daybook

/// The accounts of the company that a store posts to, as Account Numbers shows and reads them.
struct CompanyAccounts {
    /// As QuickBooks had it last; nil where it was not read yet.
    let chart: AccountChart?
    let kept: KeptAccounts

    /// What a person means by a text.
    enum Meant {
        case number(AccountNumber, isKnown: Bool)
        /// An account that no number leads to.
        case account(AccountChart.Row)
    }

    struct Refused: Error {
        let message: String
    }

    /// - Throws: ``Refused``, in words.
    func meant(by text: String) throws(Refused) -> Meant {
        guard let chart else {
            guard let number = AccountNumber(text) else {
                throw Refused(message: "Write the account's number in QuickBooks, at most 20 characters.")
            }
            return .number(number, isKnown: true)
        }
        do throws(AccountChart.Refused) {
            let row = try chart.row(text)
            if let number = row.number, chart.only(number) == row { return .number(number, isKnown: true) }
            return .account(row)
        } catch {
            if case .unknown = error, let number = AccountNumber(text), number.isPlain {
                return .number(number, isKnown: false)
            }
            throw Refused(message: error.message)
        }
    }

    /// The name of an account that was chosen without a number.
    func unnumbered(_ slot: AccountNumbers.Slot) -> String? {
        kept[slot].flatMap { kept in
            kept.number == nil ? chart?.row(id: kept.account.id)?.label ?? kept.account.name : nil
        }
    }

    /// The account in QuickBooks that a role goes to at a store; nil where none is known.
    func name(of role: AccountRole, at store: StoreNumber, _ numbers: AccountNumbers) -> String? {
        let slots = AccountNumbers.slots(for: role, at: store)
        guard let slot = slots.first(where: { numbers[$0.store, $0.role] != nil || unnumbered($0) != nil }) else {
            return nil
        }
        if let account = kept[slot], account.number == numbers[slot.store, slot.role] {
            return chart?.row(id: account.account.id)?.account.name ?? account.account.name
        }
        return numbers[slot.store, slot.role].flatMap { chart?.only($0) }?.account.name
    }
}

extension AccountNumber {
    /// Whether it looks like a number and not like a name that was misspelt.
    fileprivate var isPlain: Bool { text.contains(where: \.isNumber) && !text.contains(where: \.isWhitespace) }
}
