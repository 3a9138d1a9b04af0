// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Testing

@Suite("The lease on a company")
struct LeaseTests {
    @Test("of many claimers at once, one gets it", arguments: Engine.allCases)
    func race(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let leases = try await withThrowingTaskGroup(of: Lease?.self) { group in
                for worker in 1...20 {
                    group.addTask {
                        try await storage.claim(.first, holder: "worker \(worker)", now: morning, until: after(60))
                    }
                }
                return try await group.reduce(into: [Lease]()) { leases, lease in
                    if let lease { leases.append(lease) }
                }
            }
            #expect(leases.count == 1)
            #expect(leases.first?.generation == 1)
        }
    }

    @Test("its holder renews it under the same generation", arguments: Engine.allCases)
    func renewal(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.lease("a")
            let renewed = try await storage.lease("a", at: after(30))
            #expect(renewed == Lease(connection: .first, holder: "a", generation: 1, until: after(90)))
        }
    }

    @Test("another takes it once it has run out, with the next generation", arguments: Engine.allCases)
    func expiry(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.lease("a")
            #expect(try await storage.claim(.first, holder: "b", now: after(59), until: after(120)) == nil)
            #expect(try await storage.lease("b", at: after(60)).generation == 2)
            #expect(try await storage.lease("b", at: after(200)).generation == 3)
        }
    }

    @Test("it is given back by its holder alone, and its generation goes on counting", arguments: Engine.allCases)
    func release(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let mine = try await storage.lease("a")
            try await storage.release(Lease(connection: .first, holder: "b", generation: 1, until: mine.until))
            #expect(try await storage.claim(.first, holder: "b", now: morning, until: after(60)) == nil)
            try await storage.release(mine)
            #expect(try await storage.lease("b").generation == 2)
        }
    }

    @Test("a start under the folder's lock takes it from the one who had it", arguments: Engine.allCases)
    func takeOver(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let old = try await storage.lease("a")
            let new = try await storage.takeOver(.first, holder: "a", now: after(1), until: after(61))
            #expect(new.generation == 2)
            await #expect(throws: LeaseLost()) {
                try await storage.settle(Settlement(changes: []), lease: old, at: after(2))
            }
        }
    }
}
