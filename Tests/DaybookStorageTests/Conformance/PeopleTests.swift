// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Testing

@Suite("People and their proofs")
struct PeopleTests {
    @Test("nobody is there at first; who is invited has roles and no password", arguments: Engine.allCases)
    func invited(_ engine: Engine) async throws {
        try await engine.storage { storage in
            #expect(try await !storage.hasPeople())
            let roles: Set = [
                RoleAssignment(.viewer), RoleAssignment(.clerk, company: .first),
                RoleAssignment(.bookkeeper, company: .first, store: .defaults),
                RoleAssignment(.bookkeeper, store: try present(StoreNumber(7))),
            ]
            let pat = try await storage.invite(
                name("Pat"), roles: roles, link: digest(1), expiresAt: after(100), at: morning)
            #expect(try await storage.hasPeople())
            #expect(pat.roles == roles && pat.isEnabled && !pat.hasAuthenticator && pat.lastSignInAt == nil)
            #expect(try await storage.people() == [pat])
            let account = PersonAccount(person: pat, password: nil, authenticator: nil, recoveryCodes: [])
            #expect(try await storage.account(of: pat.id) == account)
            #expect(try await storage.account(named: name("pAT")) == account)
            #expect(try await storage.account(named: name("kim")) == nil)
            #expect(try await storage.account(of: Person.ID(9)) == nil)
        }
    }

    @Test("people come in the order of their names, however these are written", arguments: Engine.allCases)
    func order(_ engine: Engine) async throws {
        try await engine.storage { storage in
            for (index, text) in ["kim", "Ann", "Zoe", "bert"].enumerated() {
                _ = try await storage.person(text, link: UInt8(index))
            }
            #expect(try await storage.people().map(\.name.text) == ["Ann", "bert", "kim", "Zoe"])
        }
    }

    @Test("a name is taken whatever its case, and a company must be there", arguments: Engine.allCases)
    func refused(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let pat = try await storage.person("Pat", link: 1)
            await #expect(throws: NameTaken(name: "Pat")) { try await storage.person("PAT", link: 2) }
            let elsewhere = Set([RoleAssignment(.clerk, company: Connection.ID(9))])
            await #expect(throws: CompanyMissing(company: Connection.ID(9))) {
                try await storage.invite(
                    name("kim"), roles: elsewhere, link: digest(3), expiresAt: after(9), at: morning)
            }
            await #expect(throws: CompanyMissing(company: Connection.ID(9))) {
                try await storage.change(pat.id, keeping: nil, at: morning) { $0.person.roles = elsewhere }
            }
            #expect(try await storage.people() == [pat], "nothing was changed")
        }
    }

    @Test("a change is kept whole: roles, password, app and recovery codes", arguments: Engine.allCases)
    func changed(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let pat = try await storage.person("pat", link: 1)
            let authenticator = Authenticator(seed: Secret("JBSWY3DPEHPK3PXP"), lastStep: 7, offset: -2)
            let changed = try await storage.change(pat.id, keeping: nil, at: after(1)) { account in
                account.person.roles = [RoleAssignment(.clerk)]
                account.password = PasswordHash(text: "h")
                account.authenticator = authenticator
                account.recoveryCodes = [digest(8), digest(9)]
            }
            #expect(changed.person.hasAuthenticator && changed.person.roles == [RoleAssignment(.clerk)])
            #expect(changed.password == PasswordHash(text: "h") && changed.authenticator == authenticator)
            #expect(changed.recoveryCodes == [digest(8), digest(9)])
            #expect(try await storage.account(of: pat.id) == changed)
            let less = try await storage.change(pat.id, keeping: nil, at: after(2)) { account in
                account.authenticator = nil
                account.recoveryCodes.removeFirst()
            }
            #expect(!less.person.hasAuthenticator && less.recoveryCodes == [digest(9)])
            #expect(try await storage.account(of: pat.id) == less)
            await #expect(throws: PersonMissing()) {
                try await storage.change(Person.ID(9), keeping: nil, at: morning) { $0.password = nil }
            }
        }
    }

    @Test("a stronger hash takes the place of the one it was made for, and of no other", arguments: Engine.allCases)
    func strengthened(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let pat = try await storage.administrator()
            _ = try await storage.begin(pat, digest: digest(50), source: "", browser: "", at: morning)
            let (weak, strong) = (PasswordHash(text: "pat's"), PasswordHash(text: "strong"))
            try await storage.strengthen(strong, of: pat, insteadOf: weak)
            #expect(try await storage.account(of: pat)?.password == strong)
            try await storage.strengthen(PasswordHash(text: "late"), of: pat, insteadOf: weak)
            #expect(try await storage.account(of: pat)?.password == strong)
            #expect(try await storage.session(digest(50), at: morning) != nil, "the password is the same")
        }
    }

    @Test("the last administrator can't be kept out nor made less", arguments: Engine.allCases)
    func lastAdministrator(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let pat = try await storage.administrator()
            let kim = try await storage.invite(
                name("kim"), roles: [RoleAssignment(.administrator)], link: digest(2), expiresAt: after(9), at: morning)
            let local = Set([RoleAssignment(.administrator, company: .first), RoleAssignment(.bookkeeper)])
            let changes: [@Sendable (inout PersonAccount) -> Void] = [disabled, { $0.person.roles = local }]
            for change in changes {
                await #expect(throws: LastAdministrator(), "kim has no password yet") {
                    try await storage.change(pat, keeping: nil, at: morning, change)
                }
            }
            #expect(try await storage.account(of: pat)?.person.rights.greatestRole == .administrator)
            _ = try await storage.use(digest(2), name: nil, password: PasswordHash(text: "k"), at: morning)
            _ = try await storage.change(pat, keeping: nil, at: morning, disabled)
            await #expect(throws: LastAdministrator()) {
                try await storage.change(kim.id, keeping: nil, at: morning) { $0.person.roles = [] }
            }
            #expect(try await storage.account(of: kim.id)?.person.roles == [RoleAssignment(.administrator)])
        }
    }

    @Test("before there is an administrator, others are changed freely", arguments: Engine.allCases)
    func withoutAdministrator(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let pat = try await storage.person("pat", link: 1)
            let account = try await storage.change(pat.id, keeping: nil, at: morning, disabled)
            #expect(!account.person.isEnabled)
        }
    }
}

@Sendable private func disabled(_ account: inout PersonAccount) { account.person.isEnabled = false }

func name(_ text: String) throws -> PersonName { try present(PersonName(text)) }

/// A digest that is told apart by its first byte.
func digest(_ number: UInt8) -> SecretDigest { SecretDigest(bytes: [number] + Array(repeating: 0, count: 31)) }

extension PeopleStorage {
    /// Somebody who sees everything, and has no password yet.
    func person(_ text: String, link: UInt8) async throws -> Person {
        try await invite(
            name(text), roles: [RoleAssignment(.viewer)], link: digest(link), expiresAt: after(86_400), at: morning)
    }

    /// The first administrator, whose password's hash is `pat's`.
    func administrator() async throws -> Person.ID {
        try await keep(
            OneTimeLink(purpose: .firstAdministrator, digest: digest(200), madeAt: morning, expiresAt: after(60)))
        return try await use(digest(200), name: name("pat"), password: PasswordHash(text: "pat's"), at: morning).person
            .id
    }
}
