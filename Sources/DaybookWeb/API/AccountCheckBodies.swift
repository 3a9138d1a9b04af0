// SPDX-License-Identifier: Apache-2.0
import Daybook

/// Which company's accounts are checked.
struct AccountCheckBody: Decodable {
    /// A connection's number; 1 if left out.
    let connection: Int64

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case connection
    }

    init(from decoder: any Decoder) throws {
        connection = try decoder.knownMembers(CodingKeys.self).decodeIfPresent(Int64.self, forKey: .connection) ?? 1
    }
}

/// A person's answer to a question of the check.
struct AccountAnswerBody: Decodable {
    let connection: Int64
    let slot: AccountNumbers.Slot
    let answer: AccountAnswer

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case connection, store, role, answer
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.knownMembers(CodingKeys.self)
        connection = try members.decodeIfPresent(Int64.self, forKey: .connection) ?? 1
        slot = try members.slot(store: .store, role: .role)
        let text = try members.text(.answer)
        guard let answer = AccountAnswer(rawValue: text) else {
            throw RefusedValue(
                codingPath: [CodingKeys.answer], value: text,
                remedy: "write \(AccountAnswer.allCases.map(\.rawValue).joined(separator: " or "))")
        }
        self.answer = answer
    }
}

/// The account that a role has at a store from now on.
struct RoleAccountBody: Decodable {
    let connection: Int64
    let slot: AccountNumbers.Slot
    /// An account's number, full name or both as `4000 · Rental income`; nil takes it and its number away.
    let account: String?

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case connection, store, role, account
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.knownMembers(CodingKeys.self)
        connection = try members.decodeIfPresent(Int64.self, forKey: .connection) ?? 1
        slot = try members.slot(store: .store, role: .role)
        account = try members.textIfPresent(.account)
    }
}

/// The name and company of a store.
struct StoreBody: Decodable {
    let name: String
    let connection: Int64

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case name, connection
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.knownMembers(CodingKeys.self)
        name = try members.text(.name)
        connection = try members.decodeIfPresent(Int64.self, forKey: .connection) ?? 1
        guard Store.isName(name) else {
            throw RefusedValue(
                codingPath: [CodingKeys.name], value: name,
                remedy: "write the store's name, at most \(Store.longestName) characters")
        }
    }
}

extension KeyedDecodingContainer {
    /// A store and a role, as Account Numbers have them.
    fileprivate func slot(store storeKey: Key, role roleKey: Key) throws -> AccountNumbers.Slot {
        let number = try decode(Int.self, forKey: storeKey)
        guard let store = StoreNumber(number) else {
            throw RefusedValue(
                codingPath: [storeKey], value: "\(number)", remedy: "write a store number from 1 to 9999")
        }
        let code = try text(roleKey)
        guard let role = AccountRole(code: code), role.qualifier.map(NumbersDraft.isQualifier) ?? true else {
            let known = AccountRole.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw RefusedValue(
                codingPath: [roleKey], value: code,
                remedy: "write one of \(known), narrowed like rental[aerial] if you wish")
        }
        return AccountNumbers.Slot(store: store, role: role)
    }
}
