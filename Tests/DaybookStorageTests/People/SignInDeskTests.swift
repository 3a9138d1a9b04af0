// SPDX-License-Identifier: Apache-2.0
@testable import Daybook
@testable import DaybookStorage
import Testing

@Suite("The first sign-up and other links")
struct LinkDeskTests {
    private func use(
        _ link: Secret, _ name: String = "pat", _ password: Secret = PeopleFixture.password, in fixture: PeopleFixture
    ) async throws -> SignInDesk.Refused.Cause? {
        do {
            _ = try await fixture.signIn.use(link, name: name, password: password, from: PeopleFixture.origin)
            return nil
        } catch let refused as SignInDesk.Refused {
            return refused.cause
        }
    }

    @Test("the first link makes an administrator, and from then on roles decide")
    func first() async throws {
        let fixture = try PeopleFixture()
        #expect(!fixture.signIn.isRequired)
        let link = try present(try await fixture.signIn.makeFirstLink())
        let found = try present(try await fixture.signIn.link(link))
        #expect(found.purpose == .firstAdministrator && found.name == nil)
        let pat = try present(
            try await fixture.signIn.use(
                link, name: " Pat ", password: PeopleFixture.password, from: PeopleFixture.origin))
        #expect(pat.person.name.text == "Pat" && pat.person.roles == [RoleAssignment(.administrator)])
        #expect(fixture.signIn.isRequired)
        #expect(try await fixture.signIn.makeFirstLink() == nil)
        #expect(try await fixture.signIn.link(link) == nil)
        #expect(try await use(link, in: fixture) == .spentLink)
        #expect(try await fixture.signIn.session(pat.secret)?.person.id == pat.person.id)
        #expect(
            fixture.heard.logEvents == [
                .signedIn(person: pat.person.id, by: .link), .signInRefused(source: "192.0.2.7"),
            ])
    }

    @Test("a bad name or password leaves the link good; a newer link and three days end it")
    func stillGood() async throws {
        let fixture = try PeopleFixture()
        let old = try present(try await fixture.signIn.makeFirstLink())
        let link = try present(try await fixture.signIn.makeFirstLink())
        #expect(try await use(old, in: fixture) == .spentLink)
        #expect(try await use(link, "pat smith", in: fixture) == .name)
        #expect(try await use(link, "pat", Secret("short"), in: fixture) == .password)
        #expect(try await use(link, "ostrander", Secret("Ostrander1"), in: fixture) == .password)
        #expect(!fixture.signIn.isRequired)
        fixture.clock.turn(3 * 86_400)
        #expect(try await use(link, in: fixture) == .spentLink)
        #expect(try await use(try present(fixture.signIn.makeFirstLink()), in: fixture) == nil)
    }

    @Test("who has an authenticator app isn't let in by a new password's link alone")
    func resetWithApp() async throws {
        let fixture = try PeopleFixture()
        let (pat, seed, _) = try await fixture.administrator()
        let (person, link) = try await fixture.desk.manage.resetPassword(pat.person.id, by: pat.actor)
        #expect(person.name.text == "Pat")
        let found = try present(try await fixture.signIn.link(link))
        #expect(found.name?.text == "Pat" && found.purpose == .passwordReset(person.id))
        let other = Secret("another good one")
        #expect(try await fixture.signIn.use(link, name: "", password: other, from: PeopleFixture.origin) == nil)
        #expect(try await fixture.signIn.session(pat.secret) == nil, "sessions end with the password")
        #expect(try await fixture.refusal("pat", code: fixture.code(seed)) != nil)
        #expect(try await fixture.refusal("pat", other) != nil)
        #expect(try await fixture.refusal("pat", other, code: fixture.code(seed)) == nil)
    }
}

@Suite("Signing in")
struct SignInDeskTests {
    @Test("an unknown name, a wrong password and a wrong code are refused with the same words")
    func sameWords() async throws {
        let fixture = try PeopleFixture()
        let (pat, seed, _) = try await fixture.administrator()
        let kim = try await fixture.person("kim", [RoleAssignment(.clerk)], by: pat.actor)
        _ = try await fixture.desk.manage.setEnabled(kim.person.id, to: false, by: pat.actor)
        _ = try await fixture.desk.manage.invite("new", roles: [RoleAssignment(.clerk)], by: pat.actor)
        let code = try fixture.code(seed)
        let refusals = [
            try await fixture.refusal("pat", Secret("gravel boom wednesday"), code: code),
            try await fixture.refusal("pat", code: ""),
            try await fixture.refusal("pat", code: String(code.reversed()) + "0"),
            try await fixture.refusal("nobody", code: code), try await fixture.refusal("no body"),
            try await fixture.refusal("kim"), try await fixture.refusal("new"),
            try await fixture.refusal("new", Secret("")),
        ]
        #expect(Set(refusals.map(\.?.message)).count == 1 && refusals.allSatisfy { $0?.cause == .wrong })
        let refused = fixture.heard.logEvents.filter { $0 == .signInRefused(source: "192.0.2.7") }
        #expect(refused.count == refusals.count)
        #expect(try await fixture.refusal("PAT", code: code) == nil, "the case of a name does not matter")
    }

    @Test("for every name a password is compared once, so that the time tells nothing of which names there are")
    func sameWork() async throws {
        let fixture = try PeopleFixture()
        let (pat, seed, _) = try await fixture.administrator()
        let kim = try await fixture.person("kim", [RoleAssignment(.clerk)], by: pat.actor)
        _ = try await fixture.desk.manage.setEnabled(kim.person.id, to: false, by: pat.actor)
        _ = try await fixture.desk.manage.invite("new", roles: [RoleAssignment(.clerk)], by: pat.actor)
        for (number, name) in ["pat", "nobody", "no body", "", "kim", "new"].enumerated() {
            let before = fixture.passwords.comparisons
            let refused = try await fixture.refusal(
                name, Secret("gravel boom wednesday"), code: try fixture.code(seed), source: "192.0.2.\(number)")
            #expect(refused?.cause == .wrong, "\(name)")
            #expect(fixture.passwords.comparisons == before + 1, "\(name)")
        }
    }

    @Test("after five failures one waits, also with the right password, and a success clears them")
    func limits() async throws {
        let fixture = try PeopleFixture()
        _ = try await fixture.signUp()
        for name in ["pat", "nobody"] {
            for _ in 0..<5 { #expect(try await fixture.refusal(name, Secret("wrong one"))?.cause == .wrong) }
            let refused = try await fixture.refusal(name)
            #expect(refused?.cause == .tooOften && refused?.message.contains("in a second") == true)
        }
        #expect(
            try await fixture.refusal("pat", source: "192.0.2.8") == nil,
            "who guesses at one desk keeps nobody out at another")
        fixture.clock.turn(1)
        #expect(try await fixture.refusal("pat") == nil)
        #expect(try await fixture.refusal("pat", Secret("wrong one"))?.cause == .wrong)
        #expect(try await fixture.refusal("pat") == nil, "that was the first one again")
    }

    @Test("of many tries at the same moment five are made")
    func together() async throws {
        let fixture = try PeopleFixture()
        _ = try await fixture.signUp()
        let causes = try await withThrowingTaskGroup(of: SignInDesk.Refused.Cause?.self) { group in
            for _ in 0..<30 {
                group.addTask { try await fixture.refusal("pat", Secret("wrong one"))?.cause }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(causes.count { $0 == .wrong } == 5 && causes.count { $0 == .tooOften } == 25)
    }

    @Test(
        "each way in, each way out and each refusal is told, with what proved it, and without the name that was typed")
    func told() async throws {
        let fixture = try PeopleFixture()
        let (pat, seed, recovery) = try await fixture.administrator()
        let kim = try await fixture.person("kim", [RoleAssignment(.clerk)], by: pat.actor)
        let (me, other, source) = (pat.person.id, kim.person.id, "192.0.2.7")
        var told = fixture.heard.logEvents.count
        func expect(_ logEvents: LogEvent...) {
            #expect(Array(fixture.heard.logEvents.dropFirst(told)) == logEvents)
            told = fixture.heard.logEvents.count
        }
        _ = try await fixture.signIn("kim")
        expect(.signedIn(person: other, by: .password))
        let here = try await fixture.signIn("pat", code: try fixture.code(seed))
        expect(.signedIn(person: me, by: .authenticator))
        let again = try await fixture.signIn.signInAgain(
            here, password: PeopleFixture.password, code: recovery[0].reveal(), from: PeopleFixture.origin)
        expect(.signedInAgain(person: me, by: .recoveryCode))
        await #expect(throws: SignInDesk.Refused.self) {
            try await fixture.signIn.signInAgain(
                again, password: PeopleFixture.password, code: recovery[0].reveal(), from: PeopleFixture.origin)
        }
        expect(.signInRefused(source: source))
        #expect(
            try await refusal {
                try await fixture.desk.ownAccount.changePassword(
                    of: again, from: Secret("wrong one"), to: Secret("another good one"), at: PeopleFixture.origin)
            } != nil)
        expect(.signInRefused(source: source))
        _ = try await fixture.signIn.signIn(
            name: "kim", password: PeopleFixture.password, code: "", from: PeopleFixture.origin, over: again)
        expect(.signedOut(person: me), .signedIn(person: other, by: .password))
        try await fixture.signIn.signOut(kim)
        expect(.signedOut(person: other))
        for _ in 0..<6 { _ = try await fixture.refusal("nobody") }
        #expect(
            fixture.heard.logEvents.suffix(6).allSatisfy { $0 == .signInRefused(source: source) }, "the wait as well")
    }

    @Test("a key that opens nothing is told with the address it came from, and a missing right with verb and number")
    func toldOfRights() async throws {
        let fixture = try PeopleFixture()
        let (pat, _, _) = try await fixture.administrator()
        let kim = try await fixture.person("kim", [RoleAssignment(.clerk)], by: pat.actor)
        let (made, secret) = try await fixture.desk.keys.add(
            "counter", scopes: [.read], stores: nil, days: nil, by: pat.actor)
        let key = try present(try await fixture.signIn.key(secret, from: "192.0.2.9"))
        let before = fixture.heard.logEvents.count
        #expect(try await fixture.signIn.key(Secret("daybook_nonsense"), from: "192.0.2.9") == nil)
        for actor in [kim.actor, key, .anybody(.api)] {
            await #expect(throws: Desk.NotAllowed.self) { try await fixture.desk.manage.list(by: actor) }
        }
        #expect(
            Array(fixture.heard.logEvents.dropFirst(before)) == [
                .keyRefused(source: "192.0.2.9"), .notAllowed(verb: .managePeople, person: kim.person.id, key: nil),
                .notAllowed(verb: .managePeople, person: nil, key: made.serial),
                .notAllowed(verb: .managePeople, person: nil, key: nil),
            ])
    }

    @Test("a code counts once, and so does a recovery code")
    func codesOnce() async throws {
        let fixture = try PeopleFixture()
        let (pat, seed, recovery) = try await fixture.administrator()
        let code = try fixture.code(seed)
        let spaced = code.prefix(3) + " " + code.suffix(3)
        #expect(try await fixture.refusal("pat", code: String(spaced)) == nil)
        #expect(try await fixture.refusal("pat", code: code)?.cause == .wrong)
        fixture.clock.turn(30)
        #expect(try await fixture.refusal("pat", code: fixture.code(seed)) == nil)
        #expect(Set(recovery).count == 10)
        let typed = recovery[3].reveal().uppercased().replacing("-", with: " ")
        #expect(try await fixture.refusal("pat", code: typed) == nil)
        #expect(try await fixture.refusal("pat", code: recovery[3].reveal())?.cause == .wrong)
        #expect(try await fixture.refusal("pat", code: recovery[9].reveal()) == nil)
        #expect(try await fixture.storage.account(of: pat.person.id)?.recoveryCodes.count == 8)
        #expect(try await fixture.signIn.session(pat.secret) != nil, "a code ends no session")
    }

    @Test("the same code at the same moment lets one in")
    func codeRace() async throws {
        let fixture = try PeopleFixture()
        let (_, seed, _) = try await fixture.administrator()
        let code = try fixture.code(seed)
        let causes = try await withThrowingTaskGroup(of: SignInDesk.Refused.Cause?.self) { group in
            for _ in 0..<4 { group.addTask { try await fixture.refusal("pat", code: code)?.cause } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(causes.count { $0 == nil } == 1 && causes.count { $0 == .wrong } == 3)
    }

    @Test("an administrator without an app may do nothing but set it up")
    func withoutApp() async throws {
        let fixture = try PeopleFixture()
        let pat = try await fixture.signUp()
        #expect(pat.mustSetUpAuthenticator)
        await #expect(throws: Desk.NotAllowed.self) { try await fixture.desk.manage.list(by: pat.actor) }
        let (known, _, _) = try await fixture.setUpApp(pat)
        #expect(!known.mustSetUpAuthenticator)
        #expect(try await fixture.desk.manage.list(by: known.actor).map(\.name.text) == ["Pat"])
        let kim = try await fixture.person("kim", [RoleAssignment(.bookkeeper)], by: known.actor)
        #expect(!kim.mustSetUpAuthenticator, "others may go without")
    }

    @Test("where everybody has to have an app, nobody may do anything without one")
    func everybodyNeedsApp() async throws {
        let fixture = try PeopleFixture(authenticators: .everybody)
        let (pat, _, _) = try await fixture.administrator()
        for role in [Role.viewer, .clerk, .bookkeeper] {
            let known = try await fixture.person(role.rawValue, [RoleAssignment(role)], by: pat.actor)
            #expect(known.mustSetUpAuthenticator && known.actor.rights?.allows(.see) == false, "\(role)")
            let (after, _, _) = try await fixture.setUpApp(known)
            #expect(!after.mustSetUpAuthenticator && after.actor.rights?.allows(.see) == true, "\(role)")
        }
    }

    @Test("a sign-in on top of another ends that one, whoever's it is; a wrong one ends nothing")
    func over() async throws {
        let fixture = try PeopleFixture()
        let (pat, _, _) = try await fixture.administrator()
        let kim = try await fixture.person("kim", [RoleAssignment(.clerk)], by: pat.actor)
        await #expect(throws: SignInDesk.Refused.self) {
            try await fixture.signIn.signIn(
                name: "kim", password: Secret("wrong one"), code: "", from: PeopleFixture.origin, over: kim)
        }
        #expect(try await fixture.signIn.session(kim.secret) != nil)
        let second = try await fixture.signIn.signIn(
            name: "kim", password: PeopleFixture.password, code: "", from: PeopleFixture.origin, over: kim)
        #expect(try await fixture.signIn.session(kim.secret) == nil)
        #expect(try await fixture.signIn.session(second.secret) != nil)
        _ = try await fixture.signIn.signIn(
            name: "kim", password: PeopleFixture.password, code: "", from: PeopleFixture.origin, over: pat)
        #expect(try await fixture.signIn.session(pat.secret) == nil)
    }

    @Test("to sign in again takes password and code, and gives the session another secret")
    func again() async throws {
        let fixture = try PeopleFixture()
        let (pat, seed, _) = try await fixture.administrator()
        fixture.clock.turn(600)
        let stale = try present(try await fixture.signIn.session(pat.secret))
        await #expect(throws: Desk.FreshSignInNeeded(verb: .managePeople)) {
            try await fixture.desk.manage.invite("kim", roles: [RoleAssignment(.clerk)], by: stale.actor)
        }
        #expect(try await fixture.desk.manage.list(by: stale.actor).count == 1, "seeing needs none")
        for (password, code) in [("wrong one", try fixture.code(seed)), (PeopleFixture.password.reveal(), "123")] {
            await #expect(throws: SignInDesk.Refused.self) {
                try await fixture.signIn.signInAgain(
                    stale, password: Secret(password), code: code, from: PeopleFixture.origin)
            }
        }
        let fresh = try await fixture.signIn.signInAgain(
            stale, password: PeopleFixture.password, code: try fixture.code(seed), from: PeopleFixture.origin)
        #expect(try await fixture.signIn.session(pat.secret) == nil)
        let found = try present(try await fixture.signIn.session(fresh.secret))
        #expect(found.session == fresh.session && fresh.session.serial == pat.session.serial)
        _ = try await fixture.desk.manage.invite("kim", roles: [RoleAssignment(.clerk)], by: fresh.actor)
    }

    @Test("a password has no age: after years it lets in as on the first day, and nothing asks for another one")
    func noAge() async throws {
        let fixture = try PeopleFixture()
        let (pat, seed, _) = try await fixture.administrator()
        _ = try await fixture.person("kim", [RoleAssignment(.clerk)], by: pat.actor)
        for _ in 0..<4 {
            fixture.clock.turn(5 * 365 * 86_400)
            let again = try await fixture.signIn("pat", code: fixture.code(seed))
            #expect(try await fixture.desk.manage.list(by: again.actor).count == 2, "all rights are there")
            #expect(try await fixture.refusal("kim") == nil)
        }
    }

    @Test("a session ends after twelve idle hours, and when one signs out")
    func sessions() async throws {
        let fixture = try PeopleFixture()
        let pat = try await fixture.signUp()
        fixture.clock.turn(12 * 3_600 - 1)
        #expect(try await fixture.signIn.session(pat.secret) != nil)
        fixture.clock.turn(12 * 3_600 - 1)
        let known = try present(try await fixture.signIn.session(pat.secret))
        try await fixture.signIn.signOut(known)
        #expect(try await fixture.signIn.session(pat.secret) == nil)
        let again = try await fixture.signIn("pat")
        fixture.clock.turn(12 * 3_600)
        #expect(try await fixture.signIn.session(again.secret) == nil)
        #expect(try await fixture.signIn.session(Secret("")) == nil)
    }

    @Test("a hash of weaker settings is made anew when its password is given")
    func strengthened() async throws {
        let fixture = try PeopleFixture()
        let pat = try await fixture.signUp()
        let weak = try await fixture.storage.account(of: pat.person.id)?.password
        #expect(try await fixture.refusal("pat") == nil)
        #expect(try await fixture.storage.account(of: pat.person.id)?.password == weak)
        let later = try PeopleFixture(over: fixture.storage, cost: ScryptCost(doublings: 5))
        #expect(try await later.refusal("pat", Secret("wrong one")) != nil)
        #expect(try await fixture.storage.account(of: pat.person.id)?.password == weak)
        #expect(try await later.refusal("pat") == nil)
        let strong = try present(try await fixture.storage.account(of: pat.person.id)?.password)
        #expect(strong.text.hasPrefix("scrypt$5$"))
        #expect(try await later.refusal("pat") == nil)
        #expect(try await later.signIn.session(pat.secret) != nil)
    }
}
