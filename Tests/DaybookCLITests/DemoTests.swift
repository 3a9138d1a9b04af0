// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookCLI
import DaybookStorage
import Foundation
import Testing

/// The command of the first page of the README, as a process.
@Suite("daybook demo", .serialized, .timeLimit(.minutes(15)))
struct DemoTests {
    private static let members: Set<String> = [
        "transactions", "exported", "errors", "duplicates", "missing", "trialBalanceDifference", "seconds",
        "administrator",
    ]

    private struct Line: Decodable {
        let transactions: Int
        let exported: Int
        let errors: Int
        let duplicates: Int
        let missing: Int
        let trialBalanceDifference: Decimal
        let seconds: Double
    }

    private func demo(_ arguments: String...) async throws -> Line {
        let ended = try await FinishedCommand.daybook(["demo", "--once", "--json"] + arguments)
        #expect(ended.status == 0, "\(ended.errors)")
        #expect(ended.errors.isEmpty, "\(ended.errors)")
        let lines = ended.output.split(separator: "\n")
        #expect(lines.count == 1)
        let data = Data(try #require(lines.last).utf8)
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(Set(object.keys) == Self.members)
        return try JSONDecoder().decode(Line.self, from: data)
    }

    private func expectPerfect(_ line: Line) {
        #expect(line.transactions >= 80)
        #expect(line.exported == line.transactions)
        #expect(line.errors == 0)
        #expect(line.duplicates == 0)
        #expect(line.missing == 0)
        #expect(line.trialBalanceDifference == 0)
        #expect(line.seconds > 0)
    }

    @Test("a day of trade is in the books once, to the cent, and one line of JSON says so")
    func once() async throws { expectPerfect(try await demo("--days", "1")) }

    @Test("the same with everything going wrong now and then", arguments: ["ignored", "honoured", "answers6000"])
    func mishaps(_ requestIDs: String) async throws {
        expectPerfect(try await demo("--mishaps", "--request-ids", requestIDs, "--days", "2", "--no-throttles"))
    }

    @Test("without --json it ends in a table; when it is stopped it leaves no process and no data behind")
    func table() async throws {
        try await withFolder { folder in
            let ended = try await FinishedCommand.daybook(
                ["demo", "--once", "--days", "1", "--no-throttles"], ["TMPDIR": folder.path])
            #expect(ended.status == 0, "\(ended.errors)")
            let rows = ["Documents in QuickBooks Online", "Errors", "Duplicates", "Missing", "Trial balance"]
            for row in rows { #expect(ended.output.contains("  \(row) ")) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    @Test("who has not signed in is refused; what it prints lets the sample administrator in, and a program")
    func signIn() async throws {
        try await withFolder { folder in
            let real = folder.appending(path: "real")
            let demo = try await RunningProgram.start(
                "daybook", ["demo", "--json", "--days", "1", "--no-throttles", "--listen", "127.0.0.1:0"],
                [
                    "TMPDIR": folder.path, "DAYBOOK_DATA_DIR": real.path,
                    "DAYBOOK_BACKUP_DIR": folder.appending(path: "backups").path,
                ],
                errors: folder.appending(path: "demo.err"))
            let printed = try JSONDecoder().decode(Printed.self, from: Data(demo.firstLine.utf8)).administrator
            let words = printed.codeCommand.split(separator: " ").map(String.init)
            let data = try #require(words.last)
            let address = try #require(try DataFolder(path: data).announcedAddress()).url.replacing(
                "127.0.0.1", with: "localhost")
            try await PageVisitor.with(address) { visitor in
                #expect(try await visitor.get("/api/v1/exports").status == 401)
                let turnedAway = try await visitor.get("/people")
                #expect(turnedAway.status == 303 && turnedAway.location.hasPrefix("/sign-in"))
                let wrong = try await visitor.submit(
                    "/sign-in", ["name": printed.name, "password": printed.password, "code": "000000"])
                #expect(wrong.status == 401 && !wrong.text.contains("Export Queue"))
                let seed = try #require(AuthenticatorSeed.bytes(printed.seed))
                let app = OneTimeCode(mac: SystemMessageAuthentication())
                var signedIn: PageVisitor.Answer
                repeat {
                    let code = try await FinishedCommand.run(words)
                    #expect(code.status == 0, "\(code.errors)")
                    let typed = code.output.trimmingCharacters(in: .newlines)
                    let present = OneTimeCode.step(at: Date())
                    let shown = (-2...1).map { app.code(seed: seed, step: present + $0) }
                    #expect(shown.contains(typed), "an app with the seed shows the same code")
                    signedIn = try await visitor.submit(
                        "/sign-in", ["name": printed.name, "password": printed.password, "code": typed])
                    // A busy machine may take longer than the code lasts; the next one is asked for, as a person would.
                } while signedIn.text.contains("That code has just ended")
                #expect(signedIn.status == 303, "\(signedIn.text)")
                let people = try await visitor.get("/people")
                #expect(people.status == 200 && people.text.contains("sample-administrator@example.com"))
                #expect(try await visitor.get("/api/v1/exports", key: printed.key).status == 200)
            }
            #expect(await demo.end(with: SIGTERM) == 0)
            #expect(!FileManager.default.fileExists(atPath: data), "the sample administrator is gone with the demo")
            #expect(!FileManager.default.fileExists(atPath: real.path), "a real data folder is none of a demo's")
            let late = try await FinishedCommand.run(words)
            #expect(late.status == 1 && late.errors.contains("is not the data folder of a running demo"))
        }
    }

    @Test("in a data folder that is there already it makes nobody, and changes nothing")
    func realFolder() async throws {
        try await withFolder { folder in
            let real = folder.appending(path: "real").path
            try FileManager.default.createDirectory(atPath: real, withIntermediateDirectories: true)
            for asked in [real, folder.appending(path: "new").path] {
                await #expect(throws: CommandFailure.self) {
                    _ = try await SampleAdministrator.make(
                        in: asked, environment: ["DAYBOOK_DATA_DIR": real], sandbox: "http://127.0.0.1:9")
                }
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["real"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: real).isEmpty)
        }
    }

    private struct Printed: Decodable {
        struct Administrator: Decodable {
            let name: String
            let password: String
            let seed: String
            let codeCommand: String
            let key: String
        }

        let administrator: Administrator
    }

    @Test("without --json it says who was made and how to sign in; another demo has another password")
    func said() async throws {
        try await withFolder { folder in
            var passwords: Set<String> = []
            for run in 1...2 {
                let demo = try await RunningProgram.start(
                    "daybook", ["demo", "--days", "1", "--no-throttles"], ["TMPDIR": folder.path],
                    errors: folder.appending(path: "demo\(run).err"))
                var line = await demo.nextLine()
                while let said = line, !said.hasPrefix("Programs send: ") { line = await demo.nextLine() }
                #expect(line?.contains("Authorization: Bearer daybook_") == true)
                let said = demo.allOutput
                #expect(said.contains("Making sample-administrator@example.com the administrator of the demo's own"))
                #expect(said.contains("Sign in there as the sample administrator"))
                #expect(said.contains(" demo --code \(folder.path)"))
                #expect(said.contains(/Seed +[A-Z2-7]{32}/))
                passwords.insert(String(try #require(said.firstMatch(of: /Password +(\S+)/)).1))
                #expect(await demo.end(with: SIGTERM) == 0)
            }
            #expect(passwords.count == 2)
        }
    }

    @Test("a number of days out of range is answered with an example")
    func days() async throws {
        let refused = try await FinishedCommand.daybook(["demo", "--days", "0"])
        #expect(refused.status != 0)
        #expect(refused.errors.contains("--days takes 1 to 366, for example 7."))
    }
}
