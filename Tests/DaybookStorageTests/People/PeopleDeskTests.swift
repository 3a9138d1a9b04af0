// SPDX-License-Identifier: Apache-2.0
@testable import Daybook
@testable import DaybookStorage
import Testing

@Suite("Managing people")
struct PeopleDeskTests {
    private let clerk = Set([RoleAssignment(.clerk)])

    @Test("somebody is invited, chooses a password by the link, and may do what the roles say")
    func invited() async throws {
        let fixture = try PeopleFixture()
        let (pat, _, _) = try await fixture.administrator()
        let (person, link) = try await fixture.desk.manage.invite("kim", roles: clerk, by: pat.actor)
        #expect(try await fixture.signIn.link(link)?.name == person.name)
        let kim = try present(
            try await fixture.signIn.use(
                link, name: "somebody else", password: PeopleFixture.password, from: PeopleFixture.origin))
        #expect(kim.person.name.text == "kim" && kim.person.roles == clerk)
        await #expect(throws: Desk.NotAllowed(verb: .managePeople, actor: kim.actor)) {
            try await fixture.desk.manage.list(by: kim.actor)
        }
        await #expect(throws: Desk.NotAllowed.self) {
            try await fixture.desk.manage.setRoles(
                kim.person.id, to: [RoleAssignment(.administrator)], by: kim.actor)
        }
        await #expect(throws: Desk.NotAllowed.self) { try await fixture.desk.manage.list(by: .anybody(.api)) }
        #expect(try await fixture.desk.manage.list(by: .command("root")).map(\.name.text) == ["kim", "Pat"])
    }

    @Test("what can't be is refused in words")
    func refused() async throws {
        let fixture = try PeopleFixture()
        let (pat, _, _) = try await fixture.administrator()
        let manage = fixture.desk.manage
        let nowhere = Set([RoleAssignment(.clerk, company: Connection.ID(9))])
        let local = Set([RoleAssignment(.administrator, store: .defaults)])
        let cases: [(String, Set<RoleAssignment>, String)] = [
            ("PAT", clerk, "called Pat already"), ("kim smith", clerk, "can't be a name"),
            ("kim", [], "at least one role"), ("kim", local, "of the whole business"),
            ("kim", nowhere, "no company 9"),
        ]
        for (name, roles, words) in cases {
            let said = try await refusal { _ = try await manage.invite(name, roles: roles, by: pat.actor) }
            #expect(said?.contains(words) == true, "\(said ?? "accepted")")
        }
        #expect(try await manage.list(by: pat.actor).count == 1)
        let kim = try await manage.invite("kim", roles: clerk, by: pat.actor).person.id
        for roles in [[], local, nowhere] {
            #expect(try await refusal { _ = try await manage.setRoles(kim, to: roles, by: pat.actor) } != nil)
        }
        let nobody = Person.ID(99)
        let acts: [() async throws -> Void] = [
            { _ = try await manage.setRoles(nobody, to: clerk, by: pat.actor) },
            { _ = try await manage.setEnabled(nobody, to: false, by: pat.actor) },
            { _ = try await manage.resetPassword(nobody, by: pat.actor) },
            { try await manage.removeAuthenticator(nobody, by: pat.actor) },
        ]
        for act in acts { #expect(try await refusal(act)?.contains("no person 99") == true) }
    }

    @Test("the last administrator stays one")
    func lastAdministrator() async throws {
        let fixture = try PeopleFixture()
        let (pat, _, _) = try await fixture.administrator()
        let manage = fixture.desk.manage
        let id = pat.person.id
        #expect(
            try await refusal { _ = try await manage.setEnabled(id, to: false, by: pat.actor) }?
                .contains("last administrator") == true)
        #expect(
            try await refusal { _ = try await manage.setRoles(id, to: clerk, by: pat.actor) }?
                .contains("last administrator") == true)
        let kim = try await fixture.person("kim", [RoleAssignment(.administrator)], by: pat.actor)
        #expect(try await manage.setRoles(id, to: clerk, by: pat.actor).roles == clerk)
        let now = try present(try await fixture.signIn.session(pat.secret))
        await #expect(throws: Desk.NotAllowed.self, "at once, in the same session") {
            try await manage.setRoles(kim.person.id, to: clerk, by: now.actor)
        }
    }

    @Test("who is kept out is signed out at once; no link lets in until the person may come again")
    func keptOut() async throws {
        let fixture = try PeopleFixture()
        let (pat, _, _) = try await fixture.administrator()
        let kim = try await fixture.person("kim", clerk, by: pat.actor)
        let manage = fixture.desk.manage
        #expect(try await manage.sessions(by: pat.actor).map(\.person).contains(kim.person.id))
        #expect(try await !manage.setEnabled(kim.person.id, to: false, by: pat.actor).isEnabled)
        #expect(try await fixture.signIn.session(kim.secret) == nil)
        #expect(try await manage.sessions(by: pat.actor).map(\.person) == [pat.person.id])
        #expect(
            try await refusal { _ = try await manage.resetPassword(kim.person.id, by: pat.actor) }?
                .contains("kim is kept out") == true)
        _ = try await manage.setEnabled(kim.person.id, to: true, by: pat.actor)
        #expect(try await fixture.refusal("kim") == nil)
    }

    @Test("an administrator takes a lost app from an account, and ends a session")
    func lostPhone() async throws {
        let fixture = try PeopleFixture()
        let (pat, _, _) = try await fixture.administrator()
        let kim = try await fixture.setUpApp(try await fixture.person("kim", clerk, by: pat.actor))
        #expect(try await fixture.refusal("kim")?.cause == .wrong)
        try await fixture.desk.manage.removeAuthenticator(kim.known.person.id, by: pat.actor)
        #expect(try await fixture.signIn.session(kim.known.secret) == nil)
        let again = try await fixture.signIn("kim")
        #expect(try await fixture.storage.account(of: again.person.id)?.recoveryCodes == [])
        try await fixture.desk.manage.end(session: again.session.serial, by: pat.actor)
        #expect(try await fixture.signIn.session(again.secret) == nil)
    }

    @Test("an administrator whose lost app was taken away sets up another one before anything else")
    func lostPhoneOfAdministrator() async throws {
        let fixture = try PeopleFixture()
        let (pat, _, _) = try await fixture.administrator()
        let kim = try await fixture.setUpApp(
            try await fixture.person("kim", [RoleAssignment(.administrator)], by: pat.actor))
        #expect(!kim.known.mustSetUpAuthenticator)
        fixture.clock.turn(600)
        await #expect(throws: Desk.FreshSignInNeeded(verb: .managePeople)) {
            try await fixture.desk.manage.removeAuthenticator(kim.known.person.id, by: pat.actor)
        }
        try await fixture.desk.manage.removeAuthenticator(kim.known.person.id, by: .command("root"))
        let again = try await fixture.signIn("kim")
        #expect(again.mustSetUpAuthenticator)
        await #expect(throws: Desk.NotAllowed.self) { try await fixture.desk.manage.list(by: again.actor) }
        let (known, _, _) = try await fixture.setUpApp(again)
        #expect(try await fixture.desk.manage.list(by: known.actor).count == 2)
    }

    @Test("a link that was made anew takes the place of the one before; the old password is good until it is used")
    func links() async throws {
        let fixture = try PeopleFixture()
        let (pat, _, _) = try await fixture.administrator()
        let (person, lost) = try await fixture.desk.manage.invite("kim", roles: clerk, by: pat.actor)
        let (_, link) = try await fixture.desk.manage.resetPassword(person.id, by: pat.actor)
        #expect(try await fixture.signIn.link(lost) == nil)
        #expect(try await fixture.signIn.link(link)?.purpose == .invitation(person.id))
        _ = try await fixture.signIn.use(link, name: "", password: PeopleFixture.password, from: PeopleFixture.origin)
        let (_, reset) = try await fixture.desk.manage.resetPassword(person.id, by: pat.actor)
        #expect(try await fixture.refusal("kim") == nil)
        let other = Secret("another good one")
        _ = try await fixture.signIn.use(reset, name: "", password: other, from: PeopleFixture.origin)
        #expect(try await fixture.refusal("kim")?.cause == .wrong)
        #expect(try await fixture.refusal("kim", other) == nil)
    }
}

@Suite("One's own account")
struct OwnAccountDeskTests {
    private func change(
        _ known: SignInDesk.SignedIn, from present: Secret = PeopleFixture.password,
        to password: Secret = Secret("another good one"), in fixture: PeopleFixture
    ) async throws {
        try await fixture.desk.ownAccount.changePassword(
            of: known, from: present, to: password, at: PeopleFixture.origin)
    }

    @Test("the present password can be tried as often as a sign-in, and no more")
    func guesses() async throws {
        let fixture = try PeopleFixture()
        let pat = try await fixture.signUp()
        for _ in 0..<3 {
            #expect(try await refusal { try await change(pat, from: Secret("wrong one"), in: fixture) } != nil)
        }
        for _ in 0..<2 { #expect(try await fixture.refusal("pat", Secret("wrong one"))?.cause == .wrong) }
        let wait = await #expect(throws: SignInDesk.Refused.self) { try await change(pat, in: fixture) }
        #expect(wait?.cause == .tooOften && wait?.retryAfter == 1)
        #expect(try await fixture.refusal("pat")?.cause == .tooOften, "one count for both")
        fixture.clock.turn(1)
        try await change(pat, in: fixture)
        #expect(try await fixture.refusal("pat", Secret("another good one")) == nil, "the failures are forgotten")
    }

    @Test("another password and an app, also the first one, take a fresh sign-in")
    func fresh() async throws {
        let fixture = try PeopleFixture()
        let (administrator, _, _) = try await fixture.administrator()
        let kim = try await fixture.person("kim", [RoleAssignment(.clerk)], by: administrator.actor)
        let seed = fixture.desk.ownAccount.newAuthenticatorSeed()
        fixture.clock.turn(600)
        await #expect(throws: Desk.FreshSignInNeeded(to: "change the password")) { try await change(kim, in: fixture) }
        for known in [kim, administrator] {
            await #expect(throws: Desk.FreshSignInNeeded(to: "set up an authenticator app")) {
                try await fixture.desk.ownAccount.confirmAuthenticator(
                    of: known, seed: seed, code: try fixture.code(seed))
            }
        }
        #expect(try await fixture.refusal("kim") == nil, "neither was changed")
        let again = try await fixture.signIn.signInAgain(
            kim, password: PeopleFixture.password, code: "", from: PeopleFixture.origin)
        try await change(again, in: fixture)
        _ = try await fixture.setUpApp(again)
    }

    @Test("another password takes the present one, and ends all other sessions")
    func password() async throws {
        let fixture = try PeopleFixture()
        let pat = try await fixture.signUp()
        let elsewhere = try await fixture.signIn("pat")
        let other = Secret("another good one")
        #expect(
            try await refusal { try await change(pat, from: Secret("wrong"), to: other, in: fixture) }?
                .contains("present password is wrong") == true)
        #expect(
            try await refusal { try await change(pat, to: Secret("x"), in: fixture) }?
                .contains("needs 8") == true)
        #expect(try await fixture.signIn.session(elsewhere.secret) != nil)
        try await change(pat, to: other, in: fixture)
        #expect(try await fixture.signIn.session(pat.secret) != nil)
        #expect(try await fixture.signIn.session(elsewhere.secret) == nil)
        #expect(try await fixture.refusal("pat")?.cause == .wrong)
        #expect(try await fixture.refusal("pat", other) == nil)
    }

    @Test("an app counts once its code was right; other sessions end")
    func authenticator() async throws {
        let fixture = try PeopleFixture()
        let pat = try await fixture.signUp()
        let elsewhere = try await fixture.signIn("pat")
        let own = fixture.desk.ownAccount
        let seed = own.newAuthenticatorSeed()
        let address = OwnAccountDesk.authenticatorAddress(seed: seed, name: pat.person.name).reveal()
        #expect(address == "otpauth://totp/Daybook%3APat?secret=\(seed.reveal())&issuer=Daybook")
        for (seed, code) in [(seed, "000"), (Secret("MZXW6"), "123456"), (Secret("not a seed"), "123456")] {
            #expect(
                try await refusal { _ = try await own.confirmAuthenticator(of: pat, seed: seed, code: code) }?
                    .contains("not the one that the app shows") == true)
        }
        #expect(try await fixture.refusal("pat") == nil, "nothing was kept")
        _ = try await fixture.setUpApp(pat)
        #expect(try await fixture.signIn.session(elsewhere.secret) == nil)
        #expect(try await fixture.refusal("pat")?.cause == .wrong)
    }

    @Test("one sees and ends one's own sessions, and nobody else's")
    func sessions() async throws {
        let fixture = try PeopleFixture()
        let (pat, _, _) = try await fixture.administrator()
        let kim = try await fixture.person("kim", [RoleAssignment(.clerk)], by: pat.actor)
        let phone = try await fixture.signIn("kim")
        let own = fixture.desk.ownAccount
        #expect(try await own.sessions(of: kim).map(\.serial) == [phone.session.serial, kim.session.serial])
        #expect(
            try await refusal { try await own.end(session: pat.session.serial, of: kim) }?
                .contains("no such session of yours") == true)
        try await own.end(session: phone.session.serial, of: kim)
        #expect(try await fixture.signIn.session(phone.secret) == nil)
        _ = try await fixture.signIn("kim")
        try await own.endOtherSessions(of: kim)
        #expect(try await own.sessions(of: kim).map(\.serial) == [kim.session.serial])
        #expect(try await fixture.signIn.session(pat.secret) != nil)
    }

    @Test("a password of the list is not taken, neither by a link nor as a new one")
    func listedPasswords() async throws {
        let listed = "kx83 Qp2m gravel"
        let fixture = try PeopleFixture(listed: PasswordList(lines: Array(listed.utf8)))
        let link = try present(try await fixture.signIn.makeFirstLink())
        await #expect(throws: SignInDesk.Refused.self) {
            _ = try await fixture.signIn.use(link, name: "Pat", password: Secret(listed), from: PeopleFixture.origin)
        }
        let pat = try present(
            try await fixture.signIn.use(
                link, name: "Pat", password: PeopleFixture.password, from: PeopleFixture.origin))
        let refused = try await refusal {
            try await fixture.desk.ownAccount.changePassword(
                of: pat, from: PeopleFixture.password, to: Secret(listed.uppercased()), at: PeopleFixture.origin)
        }
        #expect(refused?.contains("in a list of passwords") == true)
    }

    @Test("who finds a browser left open can't end the owner's other sessions: password and code are asked for again")
    func staleSessions() async throws {
        let fixture = try PeopleFixture()
        let (pat, _, _) = try await fixture.administrator()
        let kim = try await fixture.person("kim", [RoleAssignment(.clerk)], by: pat.actor)
        let phone = try await fixture.signIn("kim")
        let own = fixture.desk.ownAccount
        fixture.clock.turn(601)
        await #expect(throws: Desk.FreshSignInNeeded.self) {
            try await own.end(session: phone.session.serial, of: kim)
        }
        await #expect(throws: Desk.FreshSignInNeeded.self) { try await own.endOtherSessions(of: kim) }
        #expect(try await fixture.signIn.session(phone.secret) != nil)
        // Signing out needs nothing.
        try await fixture.signIn.signOut(kim)
        #expect(try await fixture.signIn.session(kim.secret) == nil)
    }
}
