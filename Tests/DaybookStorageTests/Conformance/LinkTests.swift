// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Testing

@Suite("One-time links")
struct LinkTests {
    private let hash = PasswordHash(text: "new")

    private func first(_ number: UInt8, expiresAfter seconds: Double = 60) -> OneTimeLink {
        OneTimeLink(
            purpose: .firstAdministrator, digest: digest(number), madeAt: morning, expiresAt: after(seconds))
    }

    private func reset(_ person: Person.ID, _ number: UInt8) -> OneTimeLink {
        OneTimeLink(purpose: .passwordReset(person), digest: digest(number), madeAt: morning, expiresAt: after(60))
    }

    @Test("the first link makes the first administrator, once", arguments: Engine.allCases)
    func first(_ engine: Engine) async throws {
        try await engine.storage { storage in
            try await storage.keep(first(1))
            #expect(try await storage.link(digest(1), at: morning) == first(1))
            let account = try await storage.use(digest(1), name: name("Pat"), password: hash, at: after(1))
            #expect(account.person.roles == [RoleAssignment(.administrator)] && account.password == hash)
            #expect(account.person.name.text == "Pat" && account.person.createdAt == after(1))
            #expect(try await storage.account(named: name("pat")) == account)
            await #expect(throws: LinkSpent()) {
                try await storage.use(digest(1), name: name("kim"), password: hash, at: after(1))
            }
            #expect(try await storage.people().count == 1)
        }
    }

    @Test("the first link makes nobody once there are people", arguments: Engine.allCases)
    func late(_ engine: Engine) async throws {
        try await engine.storage { storage in
            try await storage.keep(first(1))
            _ = try await storage.person("kim", link: 2)
            await #expect(throws: LinkSpent()) {
                try await storage.use(digest(1), name: name("pat"), password: hash, at: morning)
            }
            #expect(try await storage.people().map(\.name.text) == ["kim"])
        }
    }

    @Test("another link for the same takes its place; one that has run out is none", arguments: Engine.allCases)
    func replaced(_ engine: Engine) async throws {
        try await engine.storage { storage in
            try await storage.keep(first(1))
            try await storage.keep(first(2))
            #expect(try await storage.link(digest(1), at: morning) == nil)
            #expect(try await storage.link(digest(2), at: after(59)) == first(2))
            #expect(try await storage.link(digest(2), at: after(60)) == nil)
            await #expect(throws: LinkSpent()) {
                try await storage.use(digest(2), name: name("pat"), password: hash, at: after(60))
            }
            #expect(try await !storage.hasPeople())
        }
    }

    @Test("who was invited chooses a password, once, and a reset chooses another one", arguments: Engine.allCases)
    func invited(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let kim = try await storage.person("kim", link: 1)
            #expect(try await storage.link(digest(1), at: morning)?.purpose == .invitation(kim.id))
            let account = try await storage.use(digest(1), name: nil, password: hash, at: morning)
            #expect(account.person == kim && account.password == hash)
            await #expect(throws: LinkSpent()) {
                try await storage.use(digest(1), name: nil, password: PasswordHash(text: "x"), at: morning)
            }
            let session = try await storage.begin(kim.id, digest: digest(50), source: "", browser: "", at: morning)
            try await storage.keep(reset(kim.id, 2))
            #expect(try await storage.sessions(of: kim.id, at: morning) == [session], "until the link is used")
            let other = PasswordHash(text: "other")
            _ = try await storage.use(digest(2), name: nil, password: other, at: morning)
            #expect(try await storage.account(of: kim.id)?.password == other)
            #expect(try await storage.sessions(of: kim.id, at: morning).isEmpty)
        }
    }

    @Test("links of different people are good side by side", arguments: Engine.allCases)
    func several(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let pat = try await storage.administrator()
            let kim = try await storage.person("kim", link: 1)
            try await storage.keep(reset(pat, 2))
            #expect(try await storage.link(digest(1), at: morning)?.purpose == .invitation(kim.id))
            #expect(try await storage.link(digest(2), at: morning)?.purpose == .passwordReset(pat))
        }
    }

    @Test("a link ends when the password is changed, and is none of who is kept out", arguments: Engine.allCases)
    func ended(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.administrator()
            let kim = try await storage.person("kim", link: 1)
            _ = try await storage.change(kim.id, keeping: nil, at: morning) { $0.password = PasswordHash(text: "a") }
            #expect(try await storage.link(digest(1), at: morning) == nil)
            for isEnabled in [false, true] {
                try await storage.keep(reset(kim.id, 2))
                _ = try await storage.change(kim.id, keeping: nil, at: morning) { $0.person.isEnabled = isEnabled }
                let link = try await storage.link(digest(2), at: morning)
                #expect((link != nil) == isEnabled)
            }
            _ = try await storage.change(kim.id, keeping: nil, at: morning) { $0.person.isEnabled = false }
            try await storage.keep(reset(kim.id, 3))
            await #expect(throws: LinkSpent()) {
                try await storage.use(digest(3), name: nil, password: hash, at: morning)
            }
        }
    }
}
