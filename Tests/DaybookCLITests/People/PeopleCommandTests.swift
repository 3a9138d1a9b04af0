// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookCLI
import Foundation
import Testing

@Suite("daybook people", .timeLimit(.minutes(15)))
struct PeopleCommandTests {
    private struct Told: Decodable {
        struct Person: Decodable, Equatable {
            struct Place: Decodable, Equatable {
                let role: String
                let company: Int?
                let store: Int?
            }

            let name: String
            let roles: [Place]
            let enabled: Bool
            let authenticator: Bool
        }

        let person: Person
        let link: String
    }

    private func list(_ fixture: ServerFixture) async throws -> [Told.Person] {
        let said = try await fixture.daybook(["people", "list", "--json"])
        return try JSONDecoder().decode([Told.Person].self, from: Data(said.output.utf8))
    }

    @Test("as long as nobody has signed up the list is empty, and the first to be invited is an administrator")
    func first() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let empty = try await fixture.daybook(["people"])
            #expect(empty.status == 0 && empty.output.hasPrefix("Nobody has signed up yet."), "\(empty)")
            #expect(try await list(fixture).isEmpty)
            let clerk = try await fixture.daybook(["people", "invite", "pat", "--role", "clerk"])
            #expect(clerk.status == 1 && clerk.errors.contains("the first one has to be an administrator"))
            #expect(try await list(fixture).isEmpty)
            let invited = try await fixture.daybook(["people", "invite", "kim", "--role", "administrator"])
            #expect(invited.status == 0 && invited.output.hasPrefix("Added kim  administrator"), "\(invited)")
            let link = try #require(fixture.secret(in: invited.output))
            let signedIn = try await fixture.use(link, name: "somebody else")
            #expect(signedIn.person.name.text == "kim", "the name is that of the invitation")
        }
    }

    @Test("people are invited with a role at a place, get other roles and links, and are kept out and let in again")
    func life() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            try await fixture.signUp()
            func people(_ arguments: String...) async throws -> FinishedCommand {
                try await fixture.daybook(["people"] + arguments)
            }
            let invited = try await people(
                "invite", "pat@example.com", "--role", "clerk", "--store", "2", "--store", "3", "--company", "1",
                "--json")
            let told = try JSONDecoder().decode(Told.self, from: Data(invited.output.utf8))
            #expect(
                told.person.roles == [
                    .init(role: "clerk", company: 1, store: 2), .init(role: "clerk", company: 1, store: 3),
                ])
            #expect(fixture.secret(in: told.link) != nil, "\(told.link)")
            let listed = try await people()
            #expect(listed.output.contains("kim  administrator  last sign-in 20"), "\(listed.output)")
            #expect(
                listed.output.contains(
                    "pat@example.com  clerk, company 1, store 2; clerk, company 1, store 3  never signed in\n"))
            let again = try await people("reset-password", "PAT@example.com")
            let link = try #require(fixture.secret(in: again.output), "\(again)")
            #expect(link.reveal() != fixture.secret(in: told.link)?.reveal())
            #expect(try await fixture.use(link, name: "").person.name.text == "pat@example.com")
            let other = try await people("set-role", "pat@example.com", "--role", "bookkeeper")
            #expect(other.status == 0 && other.output.hasPrefix("pat@example.com  bookkeeper  last"), "\(other)")
            #expect(try await people("disable", "pat@example.com").output == "pat@example.com may no longer sign in.\n")
            #expect(try await list(fixture).map(\.enabled) == [true, false])
            #expect(try await people("enable", "pat@example.com").output == "pat@example.com may sign in.\n")
            #expect(try await list(fixture).map(\.enabled) == [true, true])
        }
    }

    @Test("what can't be is refused in words, and changes nothing")
    func refusals() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            try await fixture.signUp()
            let before = try await list(fixture)
            let cases: [([String], Int32, String)] = [
                (["invite", "pat", "--role", "boss"], 64, "viewer, clerk, bookkeeper"),
                (["invite", "pat"], 64, "--role"),
                (["invite", "pat", "--role", "clerk", "--store", "0"], 64, "a store's number is 1 to 9999"),
                (["invite", "pat", "--role", "clerk", "--company", "77"], 1, "no company 77"),
                (["invite", "pat", "--role", "administrator", "--store", "2"], 1, "one of the whole business"),
                (["invite", "pat and kim", "--role", "clerk"], 1, "can't be a name"),
                (["invite", "KIM", "--role", "clerk"], 1, "Somebody is called kim already"),
                (["reset-password", "pat"], 1, "Nobody is called “pat”. `daybook people list`"),
                (["set-role", "pat", "--role", "clerk"], 1, "Nobody is called “pat”"),
                (["enable", "pat"], 1, "Nobody is called “pat”"),
                (["disable", "kim"], 1, "this is the last administrator"),
                (["set-role", "kim", "--role", "bookkeeper"], 1, "this is the last administrator"),
                (["remove-authenticator", "kim"], 1, "--yes"),
            ]
            for (arguments, status, words) in cases {
                let refused = try await fixture.daybook(["people"] + arguments)
                #expect(refused.status == status && refused.output.isEmpty, "\(arguments): \(refused)")
                #expect(refused.errors.contains(words), "\(arguments): \(refused.errors)")
            }
            #expect(try await list(fixture) == before)
        }
    }

    @Test("an authenticator app is taken from an account when a person says so")
    func authenticator() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            try await fixture.signUp()
            let told = try await fixture.daybook(["people", "remove-authenticator", "kim", "--yes"])
            #expect(told.status == 0 && told.output.hasPrefix("kim signs in without a code now."), "\(told)")
            #expect(try await list(fixture).map(\.authenticator) == [false])
        }
    }
}
