// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import Logging

/// The people and keys of a data folder, which a command has to itself.
struct PeopleBook: Sendable {
    static let who = Actor.command("command line")

    let people: Desk.People
    let configuration: DaybookConfiguration

    /// - Throws: ``CommandFailure`` when nobody is called so.
    func id(of text: String) async throws -> Person.ID {
        let all = try await people.manage.list(by: Self.who)
        guard let person = all.first(where: { $0.name == PersonName(text) }) else {
            throw CommandFailure("Nobody is called “\(text)”. `daybook people list` shows who there is.")
        }
        return person.id
    }

    func row(_ person: Person, _ link: Secret) -> InvitedRow {
        InvitedRow(person: PersonRow(person), link: configuration.link(link).reveal())
    }
}

/// Which data folder a command works in, while no server has it open.
struct FolderOptions: ParsableArguments {
    @OptionGroup var options: ConfigurationOptions

    /// - Throws: ``CommandFailure`` when a server has the folder open: its pages do the same.
    func withPeople<Value>(_ body: (PeopleBook) async throws -> Value) async throws -> Value {
        try await plainly {
            let settings = try await options.read()
            switch try await CommandPlace.find(settings, logLevel: .critical) {
            case .server(let server):
                try await server.close()
                throw CommandFailure(
                    """
                    \(server.address) serves this data folder, and this command does not work through a server. Use the \
                    pages People and Keys there, or stop it, run the command again, and start it.
                    """)
            case .folder(let assembly):
                return try await Self.closing(assembly, body)
            }
        }
    }

    private static func closing<Value>(
        _ assembly: Assembly, _ body: (PeopleBook) async throws -> Value
    ) async throws -> Value {
        let outcome: Result<Value, any Error>
        do {
            guard let people = assembly.desk.people else { throw CommandFailure("Nobody signs in to this Daybook.") }
            outcome = .success(try await body(PeopleBook(people: people, configuration: assembly.configuration)))
        } catch let refused as Desk.Refused {
            outcome = .failure(CommandFailure(refused.message))
        } catch {
            outcome = .failure(error)
        }
        try await assembly.close()
        return try outcome.get()
    }
}
