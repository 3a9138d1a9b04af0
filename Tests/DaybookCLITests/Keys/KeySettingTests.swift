// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
@testable import DaybookCLI
import DaybookStorage
import Foundation
import Testing

@Suite("Where the data key comes from: a file, a credential or a command", .timeLimit(.minutes(15)))
struct KeySettingTests {
    private static let text = "Daybook key 1\n\(String(repeating: "5a", count: 32))\n"

    private func setting(_ environment: [String: String]) async throws -> KeySetting {
        try ConfigurationOptions.parse([]).read(environment: ["HOME": "/home/pat"].merging(environment) { $1 })
            .key
    }

    private func mistakes(_ environment: [String: String]) async throws -> [ConfigurationMistakes.Mistake] {
        do {
            _ = try await setting(environment)
            return []
        } catch let mistakes as ConfigurationMistakes {
            return mistakes.list
        }
    }

    private func write(_ text: String, _ file: URL, mode: Int) throws {
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    }

    @Test("systemd's credential counts where it gives one and nothing else is configured")
    func precedence() async throws {
        try await withFolder { folder in
            let systemd = ["CREDENTIALS_DIRECTORY": folder.path]
            #expect(try await setting(systemd) == .folder)
            let file = folder.appending(path: "daybook.key")
            try write(Self.text, file, mode: 0o440)
            #expect(try await setting(systemd) == .credential(file.path))
            #expect(try await setting(systemd.merging(["DAYBOOK_KEY_FILE": "/k"]) { $1 }) == .file("/k"))
            let command = ["DAYBOOK_KEY_COMMAND": "/usr/bin/pass  show daybook"]
            #expect(
                try await setting(systemd.merging(command) { $1 }) == .command(["/usr/bin/pass", "show", "daybook"]))
        }
    }

    @Test("a path that is not whole, and two sources at once, are mistakes of the configuration")
    func mistakes() async throws {
        #expect(try await mistakes(["DAYBOOK_KEY_FILE": "my.key"]).map(\.remedy) == ["write the file's whole path"])
        #expect(
            try await mistakes(["DAYBOOK_KEY_COMMAND": "pass show daybook"]).map(\.remedy)
                == ["write the program's whole path, then its arguments; no shell reads it"])
        #expect(
            try await mistakes(["DAYBOOK_KEY_FILE": "/k", "DAYBOOK_KEY_COMMAND": "/bin/pass"]).map(\.remedy)
                == ["the key comes from a file or from a command, not both"])
    }

    @Test("a command that is missing, fails, prints nothing, prints no key or hangs has its own sentence")
    func commands() async throws {
        try await withFolder { folder in
            let wrong = folder.appending(path: "wrong")
            try write("canary-no-key", wrong, mode: 0o600)
            let short = folder.appending(path: "short")
            try write("Daybook key 1\nabcd\n", short, mode: 0o600)
            let cases: [([String], String)] = [
                (["/nowhere/pass"], "The key command /nowhere/pass (DAYBOOK_KEY_COMMAND) is not there, or"),
                (["/bin/false"], "ended with status 1"),
                (["/bin/true"], "printed nothing"),
                (["/bin/sleep", "600"], "took longer than 0 s and was ended"),
                (["/bin/cat", "/dev/zero"], "took longer than 0 s and was ended"),
                (["/bin/cat", wrong.path], "What the key command prints is not a Daybook key"),
                (["/bin/cat", short.path], "What the key command prints has a key of 4 hex digits"),
            ]
            for (words, sentence) in cases {
                let isSlow = sentence.contains("took longer")
                do {
                    _ = try await KeyCommand(words: words, patience: isSlow ? .milliseconds(300) : .seconds(60)).keys()
                    Issue.record("\(words) gave a key")
                } catch {
                    #expect("\(error)".contains(sentence), "\(words): \(error)")
                    #expect(!"\(error)".contains("canary") && !"\(error)".contains("abcd"))
                }
            }
        }
    }

    @Test("the real program takes its key from each, makes none in the data folder, and says what is wrong")
    func program() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let file = folder.appending(path: "the.key")
            try write(Self.text, file, mode: 0o600)
            let credentials = folder.appending(path: "credentials")
            try FileManager.default.createDirectory(at: credentials, withIntermediateDirectories: true)
            try write(Self.text, credentials.appending(path: "daybook.key"), mode: 0o440)
            let sources = [
                ["DAYBOOK_KEY_COMMAND": "/bin/cat \(file.path)"], ["DAYBOOK_KEY_FILE": file.path],
                ["CREDENTIALS_DIRECTORY": credentials.path],
            ]
            func list(_ source: [String: String]) async throws -> FinishedCommand {
                try await FinishedCommand.daybook(
                    ["notify", "list"], fixture.environment.merging(source) { $1 })
            }
            for source in sources {
                let said = try await list(source)
                #expect(said.status == 0, "\(source): \(said)")
                #expect(!said.errors.contains("5a5a"))
            }
            #expect(!FileManager.default.fileExists(atPath: fixture.data.appending(path: "daybook.key").path))
            let missing = try await list([:])
            #expect(missing.status == 1 && missing.errors.contains("has a database but no daybook.key"), "\(missing)")
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
            let open = try await list(["DAYBOOK_KEY_FILE": file.path])
            #expect(open.status == 1 && open.errors.contains("Other users of this machine can read the key file"))
            let rotation = try await FinishedCommand.daybook(
                ["keys", "rotate", "--yes"], fixture.environment.merging(sources[0]) { $1 })
            #expect(rotation.status == 1 && rotation.errors.contains("Daybook can't change it"), "\(rotation)")
        }
    }
}
