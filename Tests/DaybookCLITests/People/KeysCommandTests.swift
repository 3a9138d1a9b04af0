// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookCLI
import Foundation
import Testing

@Suite("daybook keys", .timeLimit(.minutes(15)))
struct KeysCommandTests {
    private struct Key: Decodable {
        let serial: Int
        let name: String
        let prefix: String
        let scopes: [String]
        let stores: [Int]?
        let createdAt: Date
        let expiresAt: Date?
        let revokedAt: Date?
    }

    private struct Added: Decodable {
        let key: Key
        let secret: String
    }

    private func decoded<Value: Decodable>(_ said: FinishedCommand, as type: Value.Type = Value.self) throws -> Value {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try decoder.decode(Value.self, from: Data(said.output.utf8))
    }

    @Test("a key is made, shown once, listed without its secret, and revoked when a person says so")
    func life() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            func keys(_ arguments: String...) async throws -> FinishedCommand {
                try await fixture.daybook(["keys"] + arguments)
            }
            #expect(try await keys().output.hasPrefix("There are no keys yet."))
            let made: Added = try decoded(
                try await keys(
                    "add", "Counter", "--scope", "transactions", "--scope", "read", "--store", "2", "--days", "30",
                    "--json"))
            #expect(made.key.scopes == ["read", "transactions"] && made.key.stores == [2])
            #expect(made.key.expiresAt == made.key.createdAt.addingTimeInterval(30 * 86_400))
            #expect(made.secret.hasPrefix(made.key.prefix) && made.key.prefix.hasPrefix("daybook_"))
            let actor = try await fixture.withPeople {
                try await $0.signIn.key(Secret(made.secret), from: "198.51.100.7")
            }
            #expect(actor?.text == "Counter", "the key that was shown is the key that opens")
            let plain = try await keys("add", "Reports", "--scope", "read")
            #expect(plain.status == 0 && plain.output.contains("shown only now:\ndaybook_"), "\(plain)")
            let listed = try await keys("list")
            #expect(listed.output.hasPrefix("\(made.key.serial + 1)  Reports  daybook_"), "the newest first: \(listed)")
            #expect(listed.output.contains("Counter  \(made.key.prefix)…  read, transactions  store 2  until "))
            #expect(!listed.output.contains(made.secret))
            let serial = "\(made.key.serial)"
            let unasked = try await keys("revoke", serial)
            #expect(unasked.status == 1 && unasked.errors.contains("Revoke key \(serial)  Counter"))
            #expect(unasked.errors.contains("--yes"))
            #expect(try await keys("revoke", serial, "--yes").output == "Key \(serial) (Counter) was revoked.\n")
            let all: [Key] = try decoded(try await keys("list", "--json"))
            #expect(all.map { $0.revokedAt != nil } == [false, true])
            #expect(
                try await fixture.withPeople { try await $0.signIn.key(Secret(made.secret), from: "198.51.100.7") }
                    == nil)
        }
    }

    @Test("what can't be is refused in words, and makes no key")
    func refusals() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            _ = try await fixture.daybook(["keys", "add", "Counter", "--scope", "transactions"])
            let cases: [([String], Int32, String)] = [
                (["add", "Other"], 64, "--scope"),
                (["add", "Other", "--scope", "everything"], 64, "account-numbers"),
                (["add", "Other", "--scope", "read", "--store", "10000"], 64, "a store's number is 1 to 9999"),
                (["add", "Other", "--scope", "read", "--days", "0"], 1, "1 to 3,650"),
                (["add", "Counter", "--scope", "read"], 1, "A key is called Counter already"),
                (["add", " ", "--scope", "read"], 1, "1 to 100 on one line"),
                (["revoke", "77", "--yes"], 1, "There is no key 77. `daybook keys list`"),
            ]
            for (arguments, status, words) in cases {
                let refused = try await fixture.daybook(["keys"] + arguments)
                #expect(refused.status == status && refused.output.isEmpty, "\(arguments): \(refused)")
                #expect(refused.errors.contains(words), "\(arguments): \(refused.errors)")
            }
            let all: [Key] = try decoded(try await fixture.daybook(["keys", "list", "--json"]))
            #expect(all.map(\.name) == ["Counter"])
        }
    }
}
