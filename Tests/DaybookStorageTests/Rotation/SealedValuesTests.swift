// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookStorage
import Foundation
import GRDB
import Testing

@Suite("The sealed values of a data folder")
struct SealedValuesTests {
    @Test("of any two of different rows or columns, neither opens in the other's place")
    func swapped() async throws {
        try await withFolder { parent in
            let sealed = try await SealedFolder.make(at: parent + "/data")
            let (values, sealer) = (try sealed.values(), Sealer(try sealed.keys()))
            #expect(Set(values.map(\.place)).count == values.count && values.count > 20)
            for value in values {
                #expect(throws: Never.self) { try sealer.open(value.bytes, in: value.place) }
                for other in values where other.place != value.place {
                    #expect(throws: SealError.doesNotBelong(other.place)) {
                        try sealer.open(value.bytes, in: other.place)
                    }
                }
            }
        }
    }

    @Test("of 100,000 flips of a random bit none goes unnoticed")
    func flipped() async throws {
        try await withFolder { parent in
            let sealed = try await SealedFolder.make(at: parent + "/data")
            let (values, sealer) = (try sealed.values(), Sealer(try sealed.keys()))
            var random = SeededRandom(seed: 47)
            var opened = 0
            for _ in 0..<100_000 {
                let value = values[Int.random(in: values.indices, using: &random)]
                var bytes = value.bytes
                bytes[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                do {
                    _ = try sealer.open(bytes, in: value.place)
                    opened += 1
                } catch is SealError {
                    continue
                }
            }
            #expect(opened == 0)
        }
    }

    @Test("are in the columns that a rotation knows; every other column of bytes is known to hold no secret")
    func columns() async throws {
        let open: Set = [
            "consents.state_digest", "consents.browser_digest", "envelopes.body", "envelopes.sha256",
            "audit_entries.digest", "api_keys.digest", "companies.digest", "one_time_links.digest",
            "recovery_codes.digest", "sessions.digest", "sealing_keys.proof", "transactions.content_code",
            "received_files.content",
        ]
        let storage = try SQLiteStorage(at: .memory, sealer: .forTests)
        let found = try await storage.read { sql in
            try sql.rows(
                """
                SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
                WHERE m.type = 'table' AND c.type = 'BLOB' AND m.name NOT LIKE 'export_search%'
                """, []
            ).reading { try $0.text() }
        }
        let sealed = SealedColumn.all.map { "\($0.table).\($0.column)" }
        #expect(Set(found) == open.union(sealed))
        try await withFolder { parent in
            let folder = try await SealedFolder.make(at: parent + "/data")
            let filled = Set(try folder.values().map { "\($0.place.table).\($0.place.column)" })
            #expect(filled == Set(sealed), "the tests of rotation fill every column")
        }
    }
}
