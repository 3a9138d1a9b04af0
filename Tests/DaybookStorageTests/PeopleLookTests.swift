// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookStorage
import Foundation
import GRDB
import Testing

@Suite("What a folder tells about people before it is opened")
struct PeopleLookTests {
    @Test("nobody in a folder that is not there; somebody as soon as the commit of another process has one")
    func look() async throws {
        try await withFolder { parent in
            let folder = DataFolder(path: parent + "/data")
            #expect(try !folder.hasPeople())
            #expect(!FileManager.default.fileExists(atPath: folder.path), "a look makes nothing")
            let open = try DataFolder.open(at: folder.path)
            #expect(try !folder.hasPeople())
            let kim = try present(PersonName("kim"))
            let link = SecretDigest(bytes: Array(repeating: 7, count: 32))
            _ = try await open.storage.invite(
                kim, roles: [RoleAssignment(.administrator)], link: link, expiresAt: morning.addingTimeInterval(60),
                at: morning)
            #expect(try folder.hasPeople(), "it is in the log of the database, whose lock this look does not need")
            try open.close()
            #expect(try folder.hasPeople())
        }
    }

    @Test("nobody in a database of a version that knew no people")
    func earlier() async throws {
        try await withFolder { path in
            let folder = DataFolder(path: path)
            let queue = try DatabaseQueue(path: folder.databasePath)
            try await queue.write { try $0.execute(sql: "CREATE TABLE exports (id INTEGER PRIMARY KEY)") }
            try queue.close()
            #expect(try !folder.hasPeople())
        }
    }

    @Test("the first administrator's link is in a file for its owner alone, also after another one")
    func link() async throws {
        try await withFolder { path in
            let folder = DataFolder(path: path)
            for secret in ["http://localhost:8710/link/abc", "http://localhost:8710/link/def"] {
                try folder.keep(firstLink: Secret(secret))
                let text = try String(contentsOfFile: folder.firstLinkPath, encoding: .utf8)
                #expect(text.split(separator: "\n").last == secret[...])
                let mode = try FileManager.default.attributesOfItem(atPath: folder.firstLinkPath)[.posixPermissions]
                #expect(mode as? Int == 0o600)
            }
            try folder.removeFirstLink()
            #expect(try FileManager.default.contentsOfDirectory(atPath: path).isEmpty)
            try folder.removeFirstLink()
        }
    }
}
