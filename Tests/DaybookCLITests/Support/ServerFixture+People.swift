// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
@testable import DaybookCLI
import Foundation
import Logging

extension ServerFixture {
    /// Where the first administrator's link is kept.
    var firstLinkFile: URL { data.appending(path: "first-administrator.txt") }

    /// The desk for people of the data folder, while no server runs there.
    func withPeople<Value>(_ body: (Desk.People) async throws -> Value) async throws -> Value {
        let settings = try ConfigurationOptions.parse([]).read(environment: environment)
        let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let assembly = try await Assembly(settings, logger: silent)
        let outcome: Result<Value, any Error>
        do {
            guard let people = assembly.desk.people else { throw CommandFailure("the desk knows no people") }
            outcome = .success(try await body(people))
        } catch {
            outcome = .failure(error)
        }
        try await assembly.close()
        return try outcome.get()
    }

    /// What the page of a link does.
    @discardableResult
    func use(_ link: Secret, name: String) async throws -> SignInDesk.SignedIn {
        let signedIn: SignInDesk.SignedIn? = try await withPeople {
            try await $0.signIn.use(
                link, name: name, password: Secret("seven blue tractors"),
                from: SignInDesk.Origin(source: "127.0.0.1", browser: "a test"))
        }
        guard let signedIn else { throw CommandFailure("the link let nobody in") }
        return signedIn
    }

    /// Makes kim the first administrator.
    func signUp() async throws {
        let link = try await withPeople { try await $0.signIn.makeFirstLink() }
        guard let link else { throw CommandFailure("somebody has signed up already") }
        try await use(link, name: "kim")
    }

    /// Makes a key with one scope.
    ///
    /// - Returns: The options by which a command goes to the server with it.
    func named(keyFor scope: String) async throws -> [String] {
        let made = try await daybook(["keys", "add", scope, "--scope", scope])
        guard let key = made.output.split(separator: "\n").last else { throw CommandFailure(made.errors) }
        let file = folder.appending(path: "\(scope).key")
        try Data(key.utf8).write(to: file)
        return ["--server", "http://localhost:\(port)", "--api-key-file", file.path]
    }

    /// The secret in an address that a person opens.
    func secret(in text: String) -> Secret? {
        guard let found = text.firstMatch(of: /http:\/\/localhost:(\d+)\/link\/([a-z0-9]+)/), Int(found.1) == port
        else {
            return nil
        }
        return Secret(String(found.2))
    }
}
