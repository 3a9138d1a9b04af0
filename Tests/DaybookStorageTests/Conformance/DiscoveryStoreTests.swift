// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import Testing

@Suite("Discovery documents that are kept")
struct DiscoveryStoreTests {
    private func document(_ text: String) throws -> KeptDiscovery {
        KeptDiscovery(address: try #require(URL(string: "https://example.org/d")), document: text)
    }

    @Test("none at first; the last one of each environment, also for the next process")
    func keeping() async throws {
        try await withFolder { folder in
            let path = folder + "/discovery.json"
            let store: any DiscoveryStore = FileDiscoveryStore(path: path)
            #expect(try await store.document(of: .sandbox) == nil)
            try await store.keep(try document("{\"a\":1}"), of: .sandbox)
            try await store.keep(try document("{\"a\":2}"), of: .sandbox)
            try await store.keep(try document("{}"), of: .production)
            let next = FileDiscoveryStore(path: path)
            #expect(try await next.document(of: .sandbox) == document("{\"a\":2}"))
            #expect(try await next.document(of: .production) == document("{}"))
            #expect(try await next.document(of: .custom) == nil)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(!FileManager.default.fileExists(atPath: path + ".new"))
        }
    }

    @Test(
        "what is damaged is told, does no harm, and is replaced",
        arguments: ["", "{", "[]", "\u{0}\u{0}", "{\"sandbox\":7}"])
    func damaged(text: String) async throws {
        try await withFolder { folder in
            let path = folder + "/discovery.json"
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            let store: any DiscoveryStore = FileDiscoveryStore(path: path)
            await #expect(throws: DiscoveryUnreadable(path: path)) { try await store.document(of: .sandbox) }
            try await store.keep(try document("{}"), of: .sandbox)
            #expect(try await store.document(of: .sandbox) == document("{}"))
        }
    }
}
