// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Objects as Intuit shows them: content, identity, stamps, and what is computed.
extension Books {
    func shown(_ kind: EntityKind, _ object: StoredObject) -> JSONValue {
        var members = object.content.value.members ?? [:]
        members["Id"] = .id(object.id)
        members["SyncToken"] = .id(object.syncToken)
        members["domain"] = "QBO"
        members["sparse"] = false
        members["MetaData"] = [
            "CreateTime": .string(Self.stampText(object.created)),
            "LastUpdatedTime": .string(Self.stampText(object.updated)),
        ]
        switch kind {
        case .account: addAccountFigures(object, to: &members)
        case .customer, .vendor: addPersonFigures(kind, object, to: &members)
        case .journalEntry: members["TotalAmt"] = 0
        case .class, .department, .companyInfo, .preferences: break
        }
        if kind.isNameList { addName(kind, object, to: &members) }
        return .object(members)
    }

    private func addName(_ kind: EntityKind, _ object: StoredObject, to members: inout [String: JSONValue]) {
        members[kind.nameProperty] = object.keys.name.map { .string($0) }
        members["Active"] = .bool(object.keys.isActive)
        if kind != .vendor {
            members["FullyQualifiedName"] = qualifiedName(kind, object.id).map { .string($0) }
        }
        if let flag = kind.childFlag { members[flag] = .bool(object.keys.parent != nil) }
        if let parent = object.keys.parent {
            members["ParentRef"] = .reference(parent, name: qualifiedName(kind, parent))
        }
    }

    private func addAccountFigures(_ object: StoredObject, to members: inout [String: JSONValue]) {
        let type = members["AccountType"]?.text.flatMap { AccountType(rawValue: $0) }
        members["Classification"] = type.map { .string($0.classification) }
        members["CurrentBalance"] = .number(ledger.balance(of: object.id).decimal)
        members["CurrentBalanceWithSubAccounts"] = .number(balanceWithSubaccounts(object.id).decimal)
    }

    private func balanceWithSubaccounts(_ id: Int) -> Cents {
        shelf(.account).byParent[id].reduce(ledger.balance(of: id)) { $0 + balanceWithSubaccounts($1) }
    }

    private func addPersonFigures(
        _ kind: EntityKind, _ object: StoredObject, to members: inout [String: JSONValue]
    ) {
        let balance = ledger.balance(of: Party(kind: kind, id: object.id))
        // What is owed to a vendor is a credit in the ledger and a positive number on the vendor.
        members["Balance"] = .number((kind == .vendor ? -balance : balance).decimal)
        if kind == .customer { members["BalanceWithJobs"] = .number(balanceWithJobs(object.id).decimal) }
        members["CurrencyRef"] = members["CurrencyRef"] ?? Self.homeCurrency
    }

    private func balanceWithJobs(_ id: Int) -> Cents {
        let own = ledger.balance(of: Party(kind: .customer, id: id))
        return shelf(.customer).byParent[id].reduce(own) { $0 + balanceWithJobs($1) }
    }

    static func stampText(_ second: Int) -> String {
        PacificTime(Date(timeIntervalSince1970: TimeInterval(second))).stamp
    }
}
