// SPDX-License-Identifier: Apache-2.0
import DaybookStorage
import Testing

@Suite("A statement that is used again")
struct PreparedStatementTests {
    @Test("keeps no value of its last use: with too few or too many it is refused", arguments: Engine.allCases)
    func values(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let sql = "SELECT $1, $2"
            func run(_ values: [SQLValue]) async throws -> Int {
                try await storage.write { connection in try connection.rows(sql, values).count }
            }
            let found = try await run([.integer(1), .text("")])
            #expect(found == 1)
            await #expect(throws: StorageFailure.self) { _ = try await run([.integer(1)]) }
            await #expect(throws: StorageFailure.self) { _ = try await run([.integer(1), .null, .null]) }
        }
    }
}
