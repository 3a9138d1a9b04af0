// SPDX-License-Identifier: Apache-2.0
package import Daybook

/// Account numbers and stores as the API reads and writes them.
package struct AccountNumbersBody: Codable, Sendable, Equatable {
    package struct StoreBody: Codable, Sendable, Equatable {
        package let number: Int
        package let name: String
        package let className: String?
        package let location: String?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case number, name, location
            case className = "class"
        }

        init(_ store: Store) {
            number = store.number.value
            name = store.name
            className = store.className
            location = store.departmentName
        }

        package init(from decoder: any Decoder) throws {
            let members = try decoder.knownMembers(CodingKeys.self)
            number = try members.decode(Int.self, forKey: .number)
            name = try members.decode(String.self, forKey: .name)
            className = try members.decodeIfPresent(String.self, forKey: .className)
            location = try members.decodeIfPresent(String.self, forKey: .location)
        }
    }

    package struct NumberBody: Codable, Sendable, Equatable {
        package let store: Int
        package let role: String
        package let number: String

        enum CodingKeys: CodingKey, CaseIterable {
            case store, role, number
        }

        package init(store: Int, role: String, number: String) {
            self.store = store
            self.role = role
            self.number = number
        }

        package init(from decoder: any Decoder) throws {
            let members = try decoder.knownMembers(CodingKeys.self)
            store = try members.decode(Int.self, forKey: .store)
            role = try members.decode(String.self, forKey: .role)
            number = try members.decode(String.self, forKey: .number)
        }
    }

    package let stores: [StoreBody]
    package let numbers: [NumberBody]

    enum CodingKeys: CodingKey, CaseIterable {
        case stores, numbers
    }

    package init(stores: [StoreBody], numbers: [NumberBody]) {
        self.stores = stores
        self.numbers = numbers
    }

    package init(_ books: BooksSettings) {
        stores = books.stores.sorted { $0.number < $1.number }.map(StoreBody.init)
        numbers = books.numbers.numbers
            .map { NumberBody(store: $0.key.store.value, role: $0.key.role.code, number: $0.value.text) }
            .sorted { ($0.store, $0.role) < ($1.store, $1.role) }
    }

    package init(from decoder: any Decoder) throws {
        let members = try decoder.knownMembers(CodingKeys.self)
        stores = try members.decode([StoreBody].self, forKey: .stores)
        numbers = try members.decode([NumberBody].self, forKey: .numbers)
    }
}
