// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
@testable import DaybookCLI
import DaybookStorage
import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("daybook doctor", .timeLimit(.minutes(15)))
struct DoctorCommandTests {
    private struct Answer: Decodable {
        struct Finding: Decodable {
            let check: String
            let grade: String
            let text: String
        }

        let isWell: Bool
        let findings: [Finding]

        func grade(_ check: String) -> String? { findings.first { $0.check == check }?.grade }
    }

    private func answer(_ said: FinishedCommand) throws -> Answer {
        try JSONDecoder().decode(Answer.self, from: Data(said.output.utf8))
    }

    /// Names, sizes and contents of all files of a folder, but for what a running server writes by itself.
    private func files(_ folder: URL) throws -> [String: Data] {
        guard FileManager.default.fileExists(atPath: folder.path) else { return [:] }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return Dictionary(
            uniqueKeysWithValues: try names.map { ($0, try Data(contentsOf: folder.appending(path: $0))) })
    }

    @Test("before the first start, without a server and beside one it says what there is, and writes nothing")
    func life() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            // Nobody listens there, so that Intuit can't be reached, wherever the test runs.
            let desk = [
                "DAYBOOK_INTUIT_DISCOVERY_URL": "http://127.0.0.1:9/d", "DAYBOOK_QUICKBOOKS_URL": "http://127.0.0.1:9",
            ]
            func doctor(_ more: [String: String] = [:], _ flags: String...) async throws -> FinishedCommand {
                let environment = fixture.environment.merging(desk) { $1 }.merging(more) { $1 }
                return try await FinishedCommand.daybook(["doctor"] + flags, environment)
            }
            let first = try answer(try await doctor([:], "--json"))
            #expect(!first.isWell && first.grade("intuit") == "problem")
            #expect(first.findings.filter { $0.grade == "problem" }.map(\.check) == ["intuit"], "\(first)")
            #expect(try files(fixture.data).isEmpty, "no folder was made")

            #expect(try await fixture.daybook(["notify", "add", "email", "pat@example.com"]).status == 0)
            let before = try files(fixture.data)
            let alone = try await doctor(["DAYBOOK_SENDMAIL": "/nowhere/sendmail"], "--json")
            #expect(alone.status == 1)
            let found = try answer(alone)
            #expect(found.grade("key") == "ok" && found.grade("database") == "ok" && found.grade("port") == "ok")
            #expect(found.grade("mail") == "problem", "an e-mail can't be sent")
            #expect(try files(fixture.data) == before)

            let server = try await fixture.serve()
            let beside = try await doctor()
            #expect(beside.output.contains("Daybook's own server answers at"), "\(beside)")
            #expect(beside.output.contains("warning       backups       Daybook makes no backups by itself."))
            #expect(beside.status == 1, "Intuit is still not there")
            // The database has its log now, which a killed server leaves.
            _ = await server.end(with: SIGKILL)
            let killed = try files(fixture.data)
            #expect(killed.keys.contains("daybook.db-wal"))
            #expect(try answer(try await doctor([:], "--json")).grade("database") == "ok")
            #expect(
                try files(fixture.data).filter { !$0.key.hasSuffix("-shm") }
                    == killed.filter { !$0.key.hasSuffix("-shm") })
        }
    }

    @Test("looks at the certificate that the public address shows")
    func certificate() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let authority = try await CertificateAuthority("Ours", in: folder)
            let files = CertificateFiles("server", in: folder)
            for (days, grade, words) in [(90, "ok", "good for 89 days"), (10, "warning", "good for 9 days")] {
                try await authority.issue(files, days: days)
                let environment = fixture.environment.merging([
                    "DAYBOOK_TLS_CERTIFICATE": files.certificate, "DAYBOOK_TLS_KEY": files.key,
                    // Nobody listens there.
                    "DAYBOOK_INTUIT_DISCOVERY_URL": "http://127.0.0.1:9/d",
                    "DAYBOOK_QUICKBOOKS_URL": "http://127.0.0.1:9",
                ]) { $1 }
                let serving = try await RunningProgram.start(
                    "daybook", ["serve"], environment, errors: folder.appending(path: "serve.err"))
                let said = try answer(try await FinishedCommand.daybook(["doctor", "--json"], environment))
                let stranger = try #require(said.findings.first { $0.check == "certificate" })
                #expect(stranger.grade == "problem" && stranger.text.hasPrefix("Nobody whom this machine trusts"))
                let settings = try ConfigurationOptions.parse([]).read(environment: environment)
                let facts = await DoctorRound(settings: settings, authorities: authority.certificate.path).facts()
                let found = try #require(DoctorJudgement(facts: facts).findings.first { $0.check == .certificate })
                #expect(found.grade.rawValue == grade && found.text.contains(words), "\(found)")
                #expect(await serving.end(with: SIGTERM) == 0)
                let silent = DoctorJudgement(facts: await DoctorRound(settings: settings).facts()).findings
                #expect(silent.first { $0.check == .certificate }?.grade == .warning, "nobody answers now")
            }
        }
    }

    @Test("with a sandbox in Intuit's place and nothing wrong it exits with 0; a wrong setting is the only line")
    func well() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let sandbox = try await RunningProgram.start(
                "intuit-sandbox", ["serve", "--listen", "127.0.0.1:0"], errors: folder.appending(path: "sandbox.err"))
            let intuit = String(sandbox.firstLine.split(separator: " ").last ?? "")
            let environment = fixture.environment.merging([
                "DAYBOOK_INTUIT_DISCOVERY_URL": "\(intuit)/.well-known/openid_sandbox_configuration",
                "DAYBOOK_QUICKBOOKS_URL": intuit,
            ]) { $1 }
            let said = try await FinishedCommand.daybook(["doctor"], environment)
            #expect(said.status == 0, "\(said)")
            #expect(said.output.contains("Intuit's discovery document (custom) can be read."))
            let wrong = try await FinishedCommand.daybook(
                ["doctor"], environment.merging(["DAYBOOK_LISTEN": "x"]) { $1 })
            #expect(wrong.status == 1 && wrong.output.contains("DAYBOOK_LISTEN is “x”"), "\(wrong)")
            _ = await sandbox.end(with: SIGTERM)
        }
    }
}
