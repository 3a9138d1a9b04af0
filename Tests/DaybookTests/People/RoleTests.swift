// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Testing

@Suite("Roles, rights and places")
struct RoleTests {
    /// Every verb, with who may use it: Viewer, Clerk, Bookkeeper, Administrator.
    private static let table: [Desk.Verb: String] = [
        .see: "VCBA",
        .record: "-CBA",
        .takeBack: "--BA",
        .reset: "--BA",
        .hold: "--BA",
        .release: "--BA",
        .exclude: "--BA",
        .include: "--BA",
        .saveBooks: "--BA",
        .test: "--BA",
        .assignStore: "---A",
        .saveApp: "---A",
        .connect: "---A",
        .paste: "---A",
        .confirm: "---A",
        .decline: "---A",
        .disconnect: "---A",
        .forget: "---A",
        .resumePosting: "---A",
        .saveNotifier: "---A",
        .deleteNotifier: "---A",
        .testNotifier: "---A",
        .managePeople: "---A",
        .manageKeys: "---A",
        .rotateDataKey: "---A",
        .manageBackups: "---A",
        .restoreBackup: "---A",
        .seeAudit: "---A",
        .anonymizeCustomer: "---A",
    ]

    @Test("each role may use what its column says, everywhere", arguments: Desk.Verb.allCases)
    func table(_ verb: Desk.Verb) throws {
        let row = try #require(Self.table[verb])
        let letters = Role.allCases.map { Rights([RoleAssignment($0)]).allows(verb) ? $0.title.prefix(1) : "-" }
        #expect(letters.joined() == row)
        #expect(!Rights.none.allows(verb))
    }

    @Test(
        "at a place a role may use what has a place, and nothing of the whole business", arguments: Desk.Verb.allCases)
    func places(_ verb: Desk.Verb) {
        let hasPlace = [Desk.Verb.see, .record, .reset, .hold, .release, .exclude, .include].contains(verb)
        let stores = Rights([RoleAssignment(.administrator, store: .defaults)])
        let companies = Rights([RoleAssignment(.administrator, company: .first)])
        #expect(stores.allows(verb) == hasPlace && companies.allows(verb) == hasPlace)
    }

    @Test("a role covers its company and its store alone")
    func covers() throws {
        let (first, second) = (Connection.ID.first, Connection.ID(2))
        let (one, two) = (StoreNumber.defaults, try #require(StoreNumber(2)))
        let cases: [(RoleAssignment, String)] = [
            (RoleAssignment(.clerk), "11 12 21 22"),
            (RoleAssignment(.clerk, company: first), "11 12"),
            (RoleAssignment(.clerk, store: two), "12 22"),
            (RoleAssignment(.clerk, company: second, store: one), "21"),
        ]
        for (assignment, covered) in cases {
            let places = [(first, one, "11"), (first, two, "12"), (second, one, "21"), (second, two, "22")]
            let allowed = places.filter { Rights([assignment]).allows(.record, at: $0.0, $0.1) }.map(\.2)
            #expect(allowed.joined(separator: " ") == covered, "\(assignment)")
            #expect(places.allSatisfy { !Rights([assignment]).allows(.reset, at: $0.0, $0.1) })
        }
    }

    @Test("several roles add up, each at its own place")
    func several() throws {
        let two = try #require(StoreNumber(2))
        let rights = Rights([RoleAssignment(.viewer), RoleAssignment(.bookkeeper, store: two)])
        #expect(rights.allows(.reset, at: .first, two) && !rights.allows(.reset, at: .first, .defaults))
        #expect(rights.allows(.see, at: .first, .defaults))
        #expect(rights.places(for: .see) == nil, "everywhere")
        #expect(rights.places(for: .reset) == [RoleAssignment(.bookkeeper, store: two)])
        #expect(rights.places(for: .managePeople) == [])
        #expect(rights.greatestRole == .bookkeeper && Rights.none.greatestRole == nil)
    }

    @Test("the verbs that could hand the books over, or erase for good, need a fresh sign-in, and no others")
    func fresh() {
        let fresh = Desk.Verb.allCases.filter(\.needsFreshSignIn)
        #expect(
            Set(fresh) == [
                .saveApp, .connect, .paste, .confirm, .disconnect, .forget, .managePeople, .manageKeys,
                .rotateDataKey, .manageBackups, .restoreBackup, .anonymizeCustomer,
            ])
    }

    @Test("somebody who is kept out has no rights")
    func keptOut() throws {
        var person = try person("pat")
        #expect(person.rights.allows(.managePeople))
        person.isEnabled = false
        #expect(person.rights == .none)
    }

    private static let verbsOfScopes: [(APIKey.Scope, Set<Desk.Verb>)] = [
        (.transactions, [.record]), (.read, [.see]), (.exports, [.see, .reset, .hold, .release]),
        (.accountNumbers, [.see, .saveBooks]), (.people, [.managePeople, .manageKeys]),
    ]

    @Test("a key may do what its scopes say", arguments: verbsOfScopes)
    func scopes(_ scope: APIKey.Scope, _ verbs: Set<Desk.Verb>) {
        let rights = key(scopes: [scope]).rights
        #expect(Set(Desk.Verb.allCases.filter { rights.allows($0) }) == verbs)
    }

    @Test("a key that is narrowed to stores does nothing elsewhere, nor what is of the whole business")
    func stores() throws {
        let two = try #require(StoreNumber(2))
        let rights = key(scopes: Set(APIKey.Scope.allCases), stores: [two]).rights
        #expect(rights.allows(.record, at: .first, two) && !rights.allows(.record, at: .first, .defaults))
        #expect(!rights.allows(.saveBooks) && !rights.allows(.manageKeys))
        #expect(rights.places(for: .see) == [RoleAssignment(.bookkeeper, store: two)])
    }

    @Test("a key is good until it ends or is revoked")
    func usable() {
        #expect(key(scopes: []).isUsable(at: now))
        #expect(key(scopes: [], expiresAt: now.addingTimeInterval(1)).isUsable(at: now))
        #expect(!key(scopes: [], expiresAt: now).isUsable(at: now))
        #expect(!key(scopes: [], revokedAt: now).isUsable(at: now))
    }
}

@Suite("Who decides: roles, once somebody has signed up")
struct RoleAuthorizationTests {
    private func judge(_ verb: Desk.Verb, _ actor: Actor, hasPeople: Bool = true) -> Judgement {
        RoleAuthorization(hasPeople: hasPeople).judge(verb, by: actor, at: now)
    }

    @Test("anybody on this machine may do everything until somebody signs up, and nothing from then on")
    func anybody() {
        let authorization = RoleAuthorization(hasPeople: false)
        for verb in Desk.Verb.allCases {
            #expect(authorization.judge(verb, by: .anybody(.page), at: now) == .allowed)
        }
        #expect(!authorization.isInForce)
        authorization.somebodySignedUp()
        #expect(authorization.isInForce)
        for verb in Desk.Verb.allCases {
            #expect(authorization.judge(verb, by: .anybody(.api), at: now) == .refused)
        }
    }

    @Test("Daybook itself, and commands that can read the data folder, need no role", arguments: [false, true])
    func unbound(_ hasPeople: Bool) {
        for actor in [Actor.system(.exporter), .command("pat")] {
            for verb in Desk.Verb.allCases { #expect(judge(verb, actor, hasPeople: hasPeople) == .allowed) }
        }
    }

    @Test("a person may do what the roles say, and some of it soon after a sign-in alone")
    func person() {
        let administrator = Rights([RoleAssignment(.administrator)])
        for (age, fresh) in [
            (0.0, Judgement.allowed), (599, .allowed), (600, .needsFreshSignIn), (-3_600, .needsFreshSignIn),
        ] {
            let pat = Actor.person(
                Principal(id: 1, name: "pat", rights: administrator, signedInAt: now.addingTimeInterval(-age)))
            #expect(judge(.managePeople, pat) == fresh, "\(age) seconds after the sign-in")
            #expect(judge(.saveNotifier, pat) == .allowed)
        }
        let viewer = Actor.person(
            Principal(id: 2, name: "kim", rights: Rights([RoleAssignment(.viewer)]), signedInAt: now))
        #expect(judge(.see, viewer) == .allowed && judge(.record, viewer) == .refused)
        #expect(judge(.managePeople, viewer) == .refused, "not even with a fresh sign-in")
    }

    @Test("a key needs no fresh sign-in, and gets nothing beyond its scopes")
    func keys() {
        let actor = Actor.key(Principal(id: 1, name: "counter", rights: key(scopes: [.transactions]).rights))
        #expect(judge(.record, actor) == .allowed && judge(.see, actor) == .refused)
        #expect(judge(.manageKeys, actor) == .refused)
    }

    @Test("a refusal says who may, in words")
    func words() {
        let refusal = Desk.NotAllowed(verb: .reset, actor: .person(Principal(id: 1, name: "kim", rights: .none)))
        #expect(
            "\(refusal)" == "kim may not reset exports. Bookkeepers and above may, where their role covers it.")
    }
}
