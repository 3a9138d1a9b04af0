// SPDX-License-Identifier: Apache-2.0
import Daybook

/// Somebody to be invited.
struct InviteBody: Decodable {
    let name: String
    let roles: Set<RoleAssignment>

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case name, roles
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.knownMembers(CodingKeys.self)
        name = try members.text(.name)
        roles = Set(try members.decode([RoleBody].self, forKey: .roles).map(\.assignment))
    }
}

/// Roles that take the place of those a person has.
struct RolesBody: Decodable {
    let roles: Set<RoleAssignment>

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case roles
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.knownMembers(CodingKeys.self)
        roles = Set(try members.decode([RoleBody].self, forKey: .roles).map(\.assignment))
    }
}

private struct RoleBody: Decodable {
    let assignment: RoleAssignment

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case role, company, store
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.knownMembers(CodingKeys.self)
        let word = try members.text(.role)
        guard let role = Role(rawValue: word) else {
            throw members.refused(.role, word, "write viewer, clerk, bookkeeper or administrator")
        }
        let company = try members.decodeIfPresent(Int64.self, forKey: .company).map { number in
            guard number > 0 else {
                throw members.refused(.company, "\(number)", "write the number of a company, from 1, or leave it out")
            }
            return Connection.ID(number)
        }
        let store = try members.decodeIfPresent(Int.self, forKey: .store).map { number in
            guard let store = StoreNumber(number) else {
                throw members.refused(.store, "\(number)", "write a store's number, 1 to 9999, or leave it out")
            }
            return store
        }
        assignment = RoleAssignment(role, company: company, store: store)
    }
}

/// A key to be made.
struct KeyBody: Decodable {
    let name: String
    let scopes: Set<APIKey.Scope>
    /// Nil for all stores.
    let stores: Set<StoreNumber>?
    /// Nil for a key without an end.
    let days: Int?

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case name, scopes, stores, days
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.knownMembers(CodingKeys.self)
        name = try members.text(.name)
        scopes = Set(
            try members.decode([String].self, forKey: .scopes).map { word in
                guard let scope = APIKey.Scope(rawValue: word) else {
                    let known = APIKey.Scope.allCases.map(\.rawValue).joined(separator: ", ")
                    throw members.refused(.scopes, word, "use \(known)")
                }
                return scope
            })
        stores = try members.decodeIfPresent([Int].self, forKey: .stores).map { numbers in
            Set(
                try numbers.map { number in
                    guard let store = StoreNumber(number) else {
                        throw members.refused(.stores, "\(number)", "write stores' numbers, 1 to 9999")
                    }
                    return store
                })
        }
        days = try members.decodeIfPresent(Int.self, forKey: .days)
    }
}

extension KeyedDecodingContainer {
    fileprivate func refused(_ key: Key, _ value: String, _ remedy: String) -> RefusedValue {
        RefusedValue(
            codingPath: codingPath + [key], value: ControlCharacters.marked(String(value.prefix(60))), remedy: remedy)
    }
}
