// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookStorage
@testable import DaybookWeb
import Foundation
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("The page Backups, and backups by program")
struct BackupPageTests {
    private static let page = "/backups"

    @Test("an administrator backs up now, downloads it without the key, and each is in the trail under the name")
    func backUp() async throws {
        try await SiteFixture.open(hasDoor: true, hasBackups: true) { fixture in
            let pat = try await fixture.signUpFirst()
            try await fixture.record(SiteFixture.invoice("1"))
            try await fixture.visit { visitor in
                visitor.become(pat)
                let empty = try await visitor.open(Self.page)
                #expect(empty.words.contains("There is no backup yet.") && empty.words.contains("Made once a day"))
                #expect(empty.words.contains("Keep a copy of it in another place than the backups."))
                let begun = try await visitor.submit(Self.page, from: Self.page)
                #expect(try await visitor.follow(begun).words.contains("A backup begins in a moment."))
                let name = try await Self.make(fixture)
                let listed = try await visitor.open(Self.page)
                #expect(listed.words.contains(name) && listed.words.contains("somebody who asked"))
                #expect(listed.words.contains("checked when it was made"))
                let file = try await visitor.open("\(Self.page)/\(name)")
                #expect(file.status == 200 && file.text.hasPrefix("SQLite format 3"))
                #expect(file.headers[.contentDisposition] == "attachment; filename=\"\(name)\"")
                #expect(file.headers[.cacheControl] == "no-store")
                #expect(file.headers[.contentType] == "application/vnd.sqlite3")
                let key = try String(contentsOfFile: fixture.data.keyPath, encoding: .utf8).prefix(64)
                #expect(!file.text.contains(key))
                let trail = try await visitor.open("/audit?object=backup+\(name)").words
                #expect(trail.contains("make a backup") && trail.contains("download a backup") && trail.contains("pat"))
            }
            #expect(fixture.failures.all.isEmpty)
        }
    }

    @Test("download and restore need a fresh sign-in; HEAD takes nothing away; others are told who may")
    func who() async throws {
        try await SiteFixture.open(hasDoor: true, hasBackups: true) { fixture in
            let pat = try await fixture.signUpFirst()
            let kim = try await fixture.signUp("kim", RoleAssignment(.bookkeeper))
            try await present(fixture.backups).ask()
            let name = try await Self.make(fixture)
            fixture.sandbox.advance(by: .seconds(700))
            try await fixture.visit { visitor in
                visitor.become(pat)
                #expect(try await visitor.open("/help").text.contains("href=\"/backups\""))
                #expect(try await visitor.open(Self.page).status == 200, "the list hands nothing over")
                let address = "\(Self.page)/\(name)"
                for path in [address, address + "/restore"] {
                    #expect(try await visitor.open(path).location?.hasPrefix("/sign-in/again?next=%2Fbackups") == true)
                }
                let head = try await visitor.send(.head, address)
                #expect(head.status == 200 && head.headers[.contentDisposition]?.contains(name) == true)
                let restore = try await visitor.submit(address + "/restore", from: "/help", [("understood", "yes")])
                #expect(restore.location?.hasPrefix("/sign-in/again") == true)
                #expect(fixture.data.restoreIsAsked == false)
                visitor.become(kim)
                let refused = try await visitor.open(Self.page)
                #expect(refused.status == 403 && refused.words.contains("kim may not manage backups. Administrators"))
                #expect(try await !visitor.open("/help").text.contains("href=\"/backups\""))
            }
        }
    }

    @Test(
        "the time in which things are lost is told as one says it",
        arguments: [
            (-5.0, "minute"), (119, "minute"), (120, "2 minutes"), (3_600, "hour"), (7_199, "hour"), (7_200, "2 hours"),
            (172_799, "47 hours"), (172_800, "2 days"),
        ])
    func age(seconds: TimeInterval, words: String) throws {
        let made = Date(timeIntervalSince1970: 1_764_456_000)
        let kept = KeptBackup(name: "daybook.db", madeAt: made, bytes: 1, origin: .request, fitness: .restorable)
        let shown = ShownText(timeZone: try #require(TimeZone(identifier: "UTC")))
        #expect(RestoreView(kept, now: made.addingTimeInterval(seconds), shown: shown).age == words)
    }

    @Test("a restore says what is lost, wants that acknowledged, and writes the request down once")
    func restore() async throws {
        try await SiteFixture.open(hasDoor: true, hasBackups: true) { fixture in
            let pat = try await fixture.signUpFirst()
            try await present(fixture.backups).ask()
            let name = try await Self.make(fixture)
            try await fixture.visit { visitor in
                visitor.become(pat)
                let address = "\(Self.page)/\(name)/restore"
                let asked = try await visitor.open(address).words
                #expect(asked.contains("is lost here") && asked.contains("Everybody has to sign in again"))
                let hasty = try await visitor.submit(address, from: address)
                #expect(try await visitor.follow(hasty).words.contains("tick the box first"))
                #expect(!fixture.data.restoreIsAsked)
                let done = try await visitor.submit(address, from: address, [("understood", "yes")])
                #expect(done.status == 202 && done.words.contains("Daybook starts again"))
                #expect(fixture.data.restoreIsAsked)
                let again = try await visitor.submit(address, from: address, [("understood", "yes")])
                #expect(try await visitor.follow(again).words.contains("about to restore a backup already"))
                #expect(try await visitor.open("/audit?act=restore-backup").words.contains("to be restored"))
            }
        }
    }

    @Test("a damaged file, one of a newer version, one of another Daybook and a failed backup: each its sentence")
    func unfit() async throws {
        try await SiteFixture.open(hasDoor: true, hasBackups: true) { fixture in
            let pat = try await fixture.signUpFirst()
            let backups = try present(fixture.backups)
            try await backups.ask()
            let name = try await Self.make(fixture)
            let folder = try present(backups.schedule).folder
            try Data("no tables".utf8).write(to: URL(fileURLWithPath: folder + "/daybook-20200101T000000Z.db"))
            let other = try DataFolder.open(at: folder + "-other")
            _ = try DatabaseBackup.make(
                of: other.folder, into: folder, at: Date(timeIntervalSince1970: 1_600_000_000))
            try other.close()
            try await fixture.visit { visitor in
                visitor.become(pat)
                let words = try await visitor.open(Self.page).words
                #expect(words.contains("damaged, or no backup") && words.contains("sealed under another key"))
                let refused = try await visitor.submit(
                    "\(Self.page)/daybook-20200101T000000Z.db/restore", from: Self.page, [("understood", "yes")])
                #expect(try await visitor.follow(refused).words.contains("is not a backup of Daybook's"))
                for unknown in ["daybook-20190101T000000Z.db", "daybook.key", "..%2Fdata%2Fdaybook.db"] {
                    #expect(try await visitor.open("\(Self.page)/\(unknown)").status == 404, "\(unknown)")
                }
                #expect(!fixture.data.restoreIsAsked)
                try FileManager.default.removeItem(atPath: folder)
                try Data().write(to: URL(fileURLWithPath: folder))
                try await backups.ask()
                await #expect(throws: (any Error).self) { try await backups.step(at: fixture.sandbox.now) }
                let banner = try await visitor.open("/help").words
                #expect(banner.contains("The last backup could not be made"), "\(banner)")
                #expect(try await visitor.open(Self.page).status == 200)
            }
            #expect(!name.isEmpty)
        }
    }

    @Test("a key with the scope backups lists, makes and downloads, and restores nothing; no other key does")
    func programs() async throws {
        try await SiteFixture.open(hasDoor: true, hasBackups: true) { fixture in
            _ = try await fixture.signUpFirst()
            let key = try await fixture.key("nas", [.backups])
            let others = try await fixture.key("others", Set(APIKey.Scope.allCases).subtracting([.backups]))
            try await fixture.visit { visitor in
                var json = key.headers
                json[.contentType] = "application/json"
                let begun = try await visitor.send(.post, "/api/v1/backups", headers: json, body: "{}")
                #expect(begun.status == 202 && begun.text.contains("\"state\":\"asked\""))
                let name = try await Self.make(fixture)
                let list = try await visitor.send(.get, "/api/v1/backups", headers: key.headers)
                let decoder = JSONDecoder()
                decoder.dateDecodingStrategy = .iso8601
                let read = try decoder.decode(BackupsResponse.self, from: Data(list.text.utf8))
                #expect(read.backups.map(\.name) == [name] && read.backups[0].origin == "request")
                #expect(read.work.state == "none" && read.backups[0].fitness == "restorable")
                let address = "/api/v1/backups/\(name)"
                #expect(try await visitor.send(.get, address, headers: key.headers).text.hasPrefix("SQLite format 3"))
                let restore = try await visitor.send(.post, address + "/restore", headers: json, body: "{}")
                #expect(restore.status == 403 && restore.text.contains("No key may; that is for people"))
                #expect(!fixture.data.restoreIsAsked)
                #expect(try await visitor.send(.get, "/api/v1/backups/daybook.key", headers: key.headers).status == 404)
                #expect(try await visitor.send(.get, "/api/v1/backups", headers: others.headers).status == 403)
            }
        }
    }

    @Test("a key of one store takes no backup of all of them")
    func narrow() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            _ = try await fixture.signUpFirst()
            await #expect(throws: Desk.Refused.self) {
                _ = try await fixture.key("till", [.backups], stores: [.defaults])
            }
        }
    }

    /// What the server's loop does when somebody has asked.
    ///
    /// - Returns: The backup's name.
    private static func make(_ fixture: SiteFixture) async throws -> String {
        let made = try await present(fixture.backups).step(at: fixture.sandbox.now).made
        return URL(fileURLWithPath: try present(made).backup.path).lastPathComponent
    }
}

extension DataFolder {
    fileprivate var restoreIsAsked: Bool { FileManager.default.fileExists(atPath: restoreRequestPath) }
}
