// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import Testing

@Suite("Sessions")
struct SessionTests {
    private func begin(
        _ person: Person.ID, _ number: UInt8, at: Date = morning, in storage: any SessionStorage
    ) async throws -> Session {
        try await storage.begin(
            person, digest: digest(number), source: "192.0.2.7", browser: "Firefox \(number)", at: at)
    }

    @Test("a session is found by its secret's digest, with its person as the person is now", arguments: Engine.allCases)
    func found(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let pat = try await storage.administrator()
            let session = try await begin(pat, 1, at: after(5), in: storage)
            #expect(session.source == "192.0.2.7" && session.browser == "Firefox 1" && session.signedInAt == after(5))
            let found = try present(try await storage.session(digest(1), at: after(6)))
            #expect(found.session == session)
            #expect(found.person == (try await storage.account(of: pat))?.person)
            #expect(found.person.lastSignInAt == after(5))
            #expect(try await storage.session(digest(2), at: after(6)) == nil)
            _ = try await storage.change(pat, keeping: nil, at: after(7)) { account in
                account.person.roles.insert(RoleAssignment(.clerk, store: .defaults))
            }
            let later = try await storage.session(digest(1), at: after(8))
            #expect(later?.person.roles.count == 2)
        }
    }

    @Test("a session is over after 12 hours without use, and after 14 days in any case", arguments: Engine.allCases)
    func over(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let pat = try await storage.administrator()
            let session = try await begin(pat, 1, in: storage)
            let idle = 12 * 3_600.0
            #expect(try await storage.session(digest(1), at: after(idle - 1)) != nil)
            #expect(try await storage.session(digest(1), at: after(idle)) == nil)
            #expect(try await storage.sessions(of: nil, at: after(idle)).isEmpty)
            var now = 0.0
            while now + idle < 14 * 86_400 {
                now += idle - 1
                try await storage.noteUse(ofSession: session.serial, at: after(now))
                #expect(try await storage.session(digest(1), at: after(now)) != nil)
            }
            #expect(try await storage.session(digest(1), at: after(14 * 86_400 - 1)) != nil)
            #expect(try await storage.session(digest(1), at: after(14 * 86_400)) == nil)
        }
    }

    @Test("use is noted to the minute", arguments: Engine.allCases)
    func use(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let pat = try await storage.administrator()
            let session = try await begin(pat, 1, in: storage)
            for (seconds, noted) in [(59.0, 0.0), (60, 60), (90, 60), (119, 60), (120, 120), (30, 120)] {
                try await storage.noteUse(ofSession: session.serial, at: after(seconds))
                let found = try await storage.session(digest(1), at: after(120))
                #expect(found?.session.lastUsedAt == after(noted), "after \(seconds) seconds")
            }
        }
    }

    @Test("within the minute a use writes nothing at all")
    func useWithoutWriting() async throws {
        try await Engine.sqliteFile.storage { storage in
            let pat = try await storage.administrator()
            let session = try await begin(pat, 1, in: storage)
            let log = StatementLog(storage)
            let soon = try await log.statements { try await log.noteUse(ofSession: session.serial, at: after(59)) }
            #expect(soon.map { $0.sql.hasPrefix("SELECT") } == [true])
            let later = try await log.statements { try await log.noteUse(ofSession: session.serial, at: after(60)) }
            #expect(later.map { $0.sql.hasPrefix("UPDATE") } == [false, true])
        }
    }

    @Test("a fresh sign-in gives the session another secret; the one before opens nothing", arguments: Engine.allCases)
    func refreshed(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let pat = try await storage.administrator()
            let session = try await begin(pat, 1, in: storage)
            try await storage.refresh(session.serial, digest: digest(2), at: after(900))
            #expect(try await storage.session(digest(1), at: after(900)) == nil)
            let found = try await storage.session(digest(2), at: after(900))?.session
            #expect(found?.serial == session.serial && found?.signedInAt == after(900))
            #expect(found?.startedAt == morning)
        }
    }

    @Test("sessions are listed the latest used first, and ended one by one or but for one", arguments: Engine.allCases)
    func ended(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let pat = try await storage.administrator()
            let kim = try await storage.person("kim", link: 99).id
            var sessions: [Session] = []
            for number in 1...3 as ClosedRange<UInt8> {
                sessions.append(try await begin(pat, number, at: after(Double(number)), in: storage))
            }
            let kims = try await begin(kim, 9, at: after(9), in: storage)
            #expect(try await storage.sessions(of: nil, at: after(9)) == [kims] + sessions.reversed())
            #expect(try await storage.sessions(of: pat, at: after(9)) == sessions.reversed())
            try await storage.end(session: sessions[2].serial)
            #expect(try await storage.sessions(of: pat, at: after(9)) == [sessions[1], sessions[0]])
            let next = try await begin(pat, 4, at: after(10), in: storage)
            #expect(next.serial > kims.serial)
            try await storage.end(session: next.serial)
            let another = try await begin(pat, 5, at: after(10), in: storage)
            #expect(another.serial > next.serial, "a number is not given twice")
            try await storage.endSessions(of: pat, keeping: sessions[0].serial)
            #expect(try await storage.sessions(of: nil, at: after(10)) == [kims, sessions[0]])
            try await storage.endSessions(of: pat, keeping: nil)
            #expect(try await storage.sessions(of: nil, at: after(10)) == [kims])
        }
    }

    @Test("another password or another app ends all sessions but the present one", arguments: Engine.allCases)
    func changes(_ engine: Engine) async throws {
        let seed = Secret("JBSWY3DPEHPK3PXP")
        let changes: [(String, isEnding: Bool, @Sendable (inout PersonAccount) -> Void)] = [
            ("password", true, { $0.password = PasswordHash(text: "other") }),
            ("app", true, { $0.authenticator = Authenticator(seed: seed, lastStep: 5) }),
            ("code", false, { $0.authenticator?.lastStep = 6 }),
            ("the app's clock", false, { $0.authenticator?.offset = -2 }),
            ("roles", false, { $0.person.roles.insert(RoleAssignment(.viewer)) }),
            ("recovery code", false, { $0.recoveryCodes = [digest(77)] }),
            ("no app", true, { $0.authenticator = nil }),
        ]
        try await engine.storage { storage in
            let pat = try await storage.administrator()
            let kim = try await storage.person("kim", link: 99).id
            let kims = try await begin(kim, 9, in: storage)
            for (what, isEnding, change) in changes {
                let present = try await begin(pat, 1, in: storage)
                let other = try await begin(pat, 2, in: storage)
                _ = try await storage.change(pat, keeping: present.digest, at: morning, change)
                let left = try await storage.sessions(of: pat, at: morning)
                #expect(left == (isEnding ? [present] : [other, present]), "\(what)")
                try await storage.endSessions(of: pat, keeping: nil)
            }
            #expect(try await storage.sessions(of: nil, at: morning) == [kims])
        }
    }

    @Test("who is kept out is out at once, also where the change was made", arguments: Engine.allCases)
    func keptOut(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.administrator()
            let kim = try await storage.person("kim", link: 99).id
            let session = try await begin(kim, 1, in: storage)
            for isEnabled in [false, true] {
                _ = try await storage.change(kim, keeping: session.digest, at: morning) { account in
                    account.person.isEnabled = isEnabled
                }
                #expect(try await storage.session(digest(1), at: morning) == nil, "and doesn't come back")
            }
            _ = try await storage.change(kim, keeping: nil, at: morning) { $0.person.isEnabled = false }
            _ = try await begin(kim, 2, in: storage)
            #expect(try await storage.session(digest(2), at: morning) == nil)
            #expect(try await storage.sessions(of: kim, at: morning).isEmpty)
        }
    }
}
