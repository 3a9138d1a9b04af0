// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import AsyncHTTPClient
import Daybook
import DaybookStorage
import Foundation
import HTTPTransport
import Logging

/// Somebody made up who may do everything in a demo's own data folder, and a key for programs there.
///
/// Name, password and seed are kept beside the demo's data, which is removed with them when the demo ends.
struct SampleAdministrator: Codable, Sendable {
    /// It says what it is wherever Daybook names a person, and its domain belongs to nobody.
    static let sampleName = "sample-administrator@example.com"
    private static let fileName = "sample-administrator.json"

    let name: String
    /// Random, another one for each demo.
    let password: String
    /// The seed of the authenticator app, in base32.
    let seed: String
    /// A key of the API with every scope.
    let key: String
    /// The sandbox, whose clock tells which code is the present one.
    let sandbox: String

    /// Makes the administrator in a data folder that is not there yet.
    ///
    /// It goes the way of the first administrator's link, by the same desks as the pages.
    ///
    /// - Parameter environment: The settings with which the demo starts Daybook.
    /// - Throws: ``CommandFailure`` for any other data folder than the demo's own.
    static func make(
        in folder: String, environment: [String: String], sandbox: String
    ) async throws -> SampleAdministrator {
        let settings = try ConfigurationOptions.parse([]).read(environment: environment)
        guard settings.dataFolder == folder, !FileManager.default.fileExists(atPath: folder) else {
            throw CommandFailure("\(settings.dataFolder) is not a demo's new data folder. Nothing was changed.")
        }
        let silent = Logger(label: "demo") { _ in SwiftLogNoOpLogHandler() }
        let assembly = try await Assembly(settings, logger: silent)
        let outcome: Result<SampleAdministrator, any Error>
        do {
            guard let people = assembly.desk.people else { throw CommandFailure("Nobody signs in to this Daybook.") }
            outcome = .success(try await signUp(people, at: assembly.clock, sandbox: sandbox))
        } catch {
            outcome = .failure(error)
        }
        try await assembly.close()
        let made = try outcome.get()
        try made.keep(in: folder)
        return made
    }

    private static func signUp(
        _ people: Desk.People, at clock: any WallClock, sandbox: String
    ) async throws -> SampleAdministrator {
        let password = randomPassword()
        guard let link = try await people.signIn.makeFirstLink(),
            let signedIn = try await people.signIn.use(
                link, name: sampleName, password: Secret(password),
                from: SignInDesk.Origin(source: "127.0.0.1", browser: "daybook demo"))
        else { throw CommandFailure("Somebody has signed up to the demo's data folder already.") }
        let seed = people.ownAccount.newAuthenticatorSeed()
        // Each code is good once, and the present one is for the person who signs in next.
        let code = try code(of: seed.reveal(), step: OneTimeCode.step(at: clock.now) - 1)
        _ = try await people.ownAccount.confirmAuthenticator(of: signedIn, seed: seed, code: code)
        guard let known = try await people.signIn.session(signedIn.secret) else {
            throw CommandFailure("The sample administrator's session ended at once.")
        }
        let (_, key) = try await people.keys.add(
            "Demo", scopes: Set(APIKey.Scope.allCases), stores: nil, days: nil, by: known.actor)
        try await people.signIn.signOut(known)
        return SampleAdministrator(
            name: sampleName, password: password, seed: seed.reveal(), key: key.reveal(), sandbox: sandbox)
    }

    /// 80 random bits, in groups that can be typed.
    private static func randomPassword() -> String {
        let text = Base32.text(SystemRandomness().bytes(10)).lowercased()
        return stride(from: 0, to: text.count, by: 4).map { String(text.dropFirst($0).prefix(4)) }
            .joined(separator: "-")
    }

    private static func code(of seed: String, step: Int64) throws -> String {
        guard let bytes = AuthenticatorSeed.bytes(seed) else { throw CommandFailure("The seed is not base32.") }
        return OneTimeCode(mac: SystemMessageAuthentication()).code(seed: bytes, step: step)
    }
}

extension SampleAdministrator {
    private func keep(in folder: String) throws {
        let path = "\(folder)/\(Self.fileName)"
        let made = FileManager.default.createFile(
            atPath: path, contents: try JSONEncoder().encode(self), attributes: [.posixPermissions: 0o600])
        guard made else { throw CommandFailure("\(path) can't be written.") }
    }

    /// The sample administrator of a demo that runs.
    ///
    /// - Throws: ``CommandFailure`` when the folder is none of a running demo.
    static func kept(in folder: String) throws -> SampleAdministrator {
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(fileName)") else {
            throw CommandFailure(
                """
                “\(folder)” is not the data folder of a running demo. Copy the command that the demo has printed; a demo \
                removes its folder when it ends.
                """)
        }
        return try JSONDecoder().decode(SampleAdministrator.self, from: data)
    }

    /// What the authenticator app would show now, by the demo's clock.
    func code() async throws -> String {
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: AsyncHTTPTransport.configuration())
        let outcome: Result<Date, any Error>
        do {
            outcome = .success(
                try await DemoSandbox(address: sandbox, transport: AsyncHTTPTransport(client: client)).now())
        } catch {
            outcome = .failure(CommandFailure("The demo's sandbox at \(sandbox) does not answer: \(error)"))
        }
        try await client.shutdown()
        return try Self.code(of: seed, step: OneTimeCode.step(at: try outcome.get()))
    }
}

/// How somebody signs in to a demo's Daybook.
struct DemoSignIn: Encodable, Sendable {
    let name: String
    let password: String
    /// The seed of the authenticator app.
    let seed: String
    /// The command that prints the present code.
    let codeCommand: String
    /// A key for programs.
    let key: String

    init(_ administrator: SampleAdministrator, folder: String) {
        name = administrator.name
        password = administrator.password
        seed = administrator.seed
        key = administrator.key
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
        codeCommand = "\(program) demo --code \(folder)"
    }

    /// For a person who has the demo's page before them.
    var text: String {
        """
        Sign in there as the sample administrator, who was made for this demo and ends with it:
          Name       \(name)
          Password   \(password)
          Code       what this command prints:
                     \(codeCommand)
          Seed       \(seed)   for an authenticator app instead, while the demo has today's date
        Programs send: Authorization: Bearer \(key)
        """
    }
}
