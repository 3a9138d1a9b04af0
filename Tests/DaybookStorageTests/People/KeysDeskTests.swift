// SPDX-License-Identifier: Apache-2.0
@testable import Daybook
@testable import DaybookStorage
import Testing

@Suite("Managing keys")
struct KeysDeskTests {
    private let root = Actor.command("root")

    @Test("a key opens what its scopes and stores say, under its own name")
    func opens() async throws {
        let fixture = try PeopleFixture()
        let two = try present(StoreNumber(2))
        let (key, secret) = try await fixture.desk.keys.add(
            " Counter, store 2 ", scopes: [.transactions, .exports], stores: [two], days: nil, by: root)
        #expect(secret.reveal().hasPrefix("daybook_") && secret.reveal().utf8.count == 60)
        #expect(key.prefix.utf8.count == 14 && secret.reveal().hasPrefix(key.prefix))
        let actor = try present(try await fixture.signIn.key(secret, from: "198.51.100.7"))
        #expect(actor.text == "Counter, store 2")
        let rights = try present(actor.rights)
        #expect(rights.allows(.record, at: .first, two) && rights.allows(.reset, at: .first, two))
        #expect(!rights.allows(.record, at: .first, .defaults) && !rights.allows(.saveBooks))
        #expect(fixture.roles.judge(.record, by: actor, at: morning) == .allowed)
        #expect(fixture.roles.judge(.manageKeys, by: actor, at: morning) == .refused)
        #expect(try await fixture.desk.keys.list(by: root).map(\.lastUsedAt) == [morning])
        #expect(try await fixture.signIn.key(Secret("daybook_"), from: "198.51.100.7") == nil)
        #expect(try await fixture.signIn.session(secret) == nil, "a key is no session")
    }

    @Test("a key that was revoked or has ended opens nothing")
    func ended() async throws {
        let fixture = try PeopleFixture()
        let keys = fixture.desk.keys
        let (day, dayKey) = try await keys.add("day", scopes: [.read], stores: nil, days: 1, by: root)
        let (endless, endlessKey) = try await keys.add("endless", scopes: [.read], stores: nil, days: nil, by: root)
        #expect(day.expiresAt == after(86_400) && endless.expiresAt == nil)
        fixture.clock.turn(86_399)
        #expect(try await fixture.signIn.key(dayKey, from: "198.51.100.7") != nil)
        fixture.clock.turn(1)
        #expect(try await fixture.signIn.key(dayKey, from: "198.51.100.7") == nil)
        #expect(try await fixture.signIn.key(endlessKey, from: "198.51.100.7") != nil)
        #expect(try await keys.revoke(endless.serial, by: root).revokedAt == after(86_400))
        #expect(try await fixture.signIn.key(endlessKey, from: "198.51.100.7") == nil)
        _ = try await keys.add("endless", scopes: [.read], stores: nil, days: nil, by: root)
        #expect(try await fixture.signIn.key(endlessKey, from: "198.51.100.7") == nil)
    }

    @Test("what can't be is refused in words")
    func refused() async throws {
        let fixture = try PeopleFixture()
        let keys = fixture.desk.keys
        _ = try await keys.add("counter", scopes: [.read], stores: nil, days: nil, by: root)
        let cases: [(String, Set<APIKey.Scope>, Set<StoreNumber>?, Int?, String)] = [
            ("Counter", [.read], nil, nil, "called counter already"), (" ", [.read], nil, nil, "0 characters"),
            (String(repeating: "n", count: 101), [.read], nil, nil, "101 characters"),
            ("a\nb", [.read], nil, nil, "on one line"), ("b", [], nil, nil, "at least one thing"),
            ("b", [.read], [], nil, "at least one store"), ("b", [.read], nil, 0, "1 to 3,650"),
            ("b", [.read], nil, 3_651, "1 to 3,650"),
        ]
        for (name, scopes, stores, days, words) in cases {
            let said = try await refusal {
                _ = try await keys.add(name, scopes: scopes, stores: stores, days: days, by: root)
            }
            #expect(said?.contains(words) == true, "\(said ?? "accepted")")
        }
        #expect(try await refusal { _ = try await keys.revoke(99, by: root) }?.contains("no key 99") == true)
        #expect(try await keys.list(by: root).count == 1)
    }

    @Test("keys are for administrators with a fresh sign-in, and for keys with the scope people")
    func allowed() async throws {
        let fixture = try PeopleFixture()
        let (pat, _, _) = try await fixture.administrator()
        let (_, secret) = try await fixture.desk.keys.add(
            "all", scopes: Set(APIKey.Scope.allCases).subtracting([.people]), stores: nil, days: nil, by: pat.actor)
        let actor = try present(try await fixture.signIn.key(secret, from: "198.51.100.7"))
        let kim = try await fixture.person("kim", [RoleAssignment(.bookkeeper)], by: pat.actor)
        for other in [actor, kim.actor, .anybody(.api)] {
            await #expect(throws: Desk.NotAllowed.self) { try await fixture.desk.keys.list(by: other) }
            await #expect(throws: Desk.NotAllowed.self) { try await fixture.desk.keys.revoke(1, by: other) }
        }
        fixture.clock.turn(600)
        await #expect(throws: Desk.FreshSignInNeeded(verb: .manageKeys)) {
            try await fixture.desk.keys.revoke(1, by: pat.actor)
        }
    }

    @Test("a key gives no scope that it has not, and no key that ends later than itself")
    func byKey() async throws {
        let fixture = try PeopleFixture()
        let (_, secret) = try await fixture.desk.keys.add(
            "onboarding", scopes: [.people, .read], stores: nil, days: 10, by: root)
        let actor = try present(try await fixture.signIn.key(secret, from: "198.51.100.7"))
        let cases: [(Set<APIKey.Scope>, Int?, String)] = [
            ([.read, .exports], 5, "has no scope exports"), ([.read], 11, "ends no later"),
            ([.read], nil, "ends no later"),
        ]
        for (scopes, days, words) in cases {
            let said = try await refusal {
                _ = try await fixture.desk.keys.add("b", scopes: scopes, stores: nil, days: days, by: actor)
            }
            #expect(said?.contains(words) == true, "\(said ?? "accepted")")
        }
        let made = try await fixture.desk.keys.add("till", scopes: [.read], stores: nil, days: 10, by: actor).key
        #expect(try await fixture.desk.keys.revoke(made.serial, by: actor).revokedAt != nil)
        let narrowed = try await refusal {
            _ = try await fixture.desk.keys.add("c", scopes: [.people], stores: [.defaults], days: nil, by: root)
        }
        #expect(narrowed?.contains("whole business") == true)
    }
}
