// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Testing

@Suite("Keys of programs")
struct KeyTests {
    private func add(
        _ name: String, _ number: UInt8, stores: Set<StoreNumber>? = nil, in storage: any KeyStorage
    ) async throws -> APIKey {
        try await storage.add(
            key: name, prefix: "daybook_\(number)", digest: digest(number), scopes: [.transactions, .accountNumbers],
            stores: stores, expiresAt: after(60), at: morning)
    }

    @Test("a key comes back as it was made, by its digest alone; the newest comes first", arguments: Engine.allCases)
    func kept(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let stores = Set(try [1, 12, 7].map { try present(StoreNumber($0)) })
            let counter = try await add("Counter", 1, stores: stores, in: storage)
            let night = try await storage.add(
                key: "night", prefix: "daybook_n", digest: digest(2), scopes: Set(APIKey.Scope.allCases), stores: nil,
                expiresAt: nil, at: after(1))
            #expect(counter.stores == stores && counter.expiresAt == after(60))
            #expect(try await storage.keys() == [night, counter])
            #expect(try await storage.key(digest(1)) == counter)
            #expect(try await storage.key(digest(2)) == night)
            #expect(try await storage.key(digest(3)) == nil)
        }
    }

    @Test("a name is taken until its key is revoked, whatever its case", arguments: Engine.allCases)
    func names(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let counter = try await add("Counter", 1, in: storage)
            await #expect(throws: NameTaken(name: "Counter")) { try await add("counter", 2, in: storage) }
            _ = try await storage.revoke(key: counter.serial, at: after(1))
            let another = try await add("counter", 2, in: storage)
            #expect(try await storage.keys().map(\.serial) == [another.serial, counter.serial])
        }
    }

    @Test("a key is revoked once, and is kept", arguments: Engine.allCases)
    func revoked(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let counter = try await add("Counter", 1, in: storage)
            #expect(try await storage.revoke(key: counter.serial, at: after(5))?.revokedAt == after(5))
            #expect(try await storage.revoke(key: counter.serial, at: after(9))?.revokedAt == after(5))
            #expect(try await storage.key(digest(1))?.revokedAt == after(5))
            #expect(try await storage.revoke(key: 99, at: after(5)) == nil)
        }
    }

    @Test("use is noted to the minute", arguments: Engine.allCases)
    func use(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let counter = try await add("Counter", 1, in: storage)
            for (seconds, noted) in [(5.0, 5.0), (64, 5), (65, 65), (66, 65)] {
                try await storage.noteUse(ofKey: counter.serial, at: after(seconds))
                #expect(try await storage.key(digest(1))?.lastUsedAt == after(noted), "after \(seconds) seconds")
            }
        }
    }
}
