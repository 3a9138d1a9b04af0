// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Transaction {
    /// The transaction in its canonical JSON.
    ///
    /// Sorted keys, amounts as text with all decimals, nothing that is absent. Two arrivals say the same when this is the same.
    package func canonicalText() -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(JSONTree.object(members)), as: UTF8.self)
        } catch {
            preconditionFailure("a tree of texts, flags and lists always encodes: \(error)")
        }
    }

    private var members: [String: JSONTree] {
        var members: [String: JSONTree] = [
            "source": .string(key.source), "store": .number(key.store.description), "id": .string(key.id),
            "revision": .number(String(key.revision)), "type": .string(event.kind.rawValue),
            "date": .string(date.text), "currency": .string(currency.code),
        ]
        members["contract"] = contract.map(JSONTree.string)
        members["memo"] = memo.map(JSONTree.string)
        members["customer"] = customer.map {
            .object(["id": .string($0.id), "name": .string($0.name), "account": .bool($0.isAccountCustomer)])
        }
        members.merge(event.members) { kept, _ in kept }
        return members
    }
}

extension CounterEvent {
    fileprivate var members: [String: JSONTree] {
        switch self {
        case .invoice(let charges, let taxes, let payments), .refund(let charges, let taxes, let payments):
            lists(charges: charges, taxes: taxes, payments: payments)
        case .creditMemo(let charges, let taxes): lists(charges: charges, taxes: taxes, payments: [])
        case .payment(let payments), .prepayment(let payments), .depositTaken(let payments),
            .depositRefunded(let payments):
            lists(charges: [], taxes: [], payments: payments)
        case .prepaymentApplied(let amount), .depositApplied(let amount): ["amount": .string(amount.text)]
        case .journal(let lines): ["lines": .array(lines.map(\.tree))]
        }
    }

    private func lists(charges: [Charge], taxes: [Tax], payments: [Payment]) -> [String: JSONTree] {
        let lists = ["charges": charges.map(\.tree), "taxes": taxes.map(\.tree), "payments": payments.map(\.tree)]
        return lists.filter { !$0.value.isEmpty }.mapValues(JSONTree.array)
    }
}

extension Charge {
    fileprivate var tree: JSONTree {
        .object(
            ["kind": .string(kind.rawValue), "amount": .string(amount.text)]
                .with("category", category).with("description", text))
    }
}

extension Tax {
    fileprivate var tree: JSONTree {
        .object(["jurisdiction": .string(jurisdiction), "amount": .string(amount.text)])
    }
}

extension Payment {
    fileprivate var tree: JSONTree {
        .object(["tender": .string(tender.rawValue), "amount": .string(amount.text)].with("brand", brand))
    }
}

extension JournalLine {
    fileprivate var tree: JSONTree {
        let members: [String: JSONTree] = ["side": .string(side.rawValue), "amount": .string(amount.text)]
        return switch account {
        case .role(let role): .object(members.with("role", role.code).with("description", text))
        case .number(let number): .object(members.with("account", number.text).with("description", text))
        }
    }
}

extension [String: JSONTree] {
    fileprivate func with(_ name: String, _ text: String?) -> [String: JSONTree] {
        guard let text else { return self }
        return merging([name: .string(text)]) { _, new in new }
    }
}
