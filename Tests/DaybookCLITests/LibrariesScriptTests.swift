// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Nothing is released with libraries that were not compared lately")
struct LibrariesScriptTests {
    fileprivate static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A build with one library or two, a table and a change log of a test's own.
    fileprivate struct Scene {
        let folder: URL

        /// - Parameter libraries: Addresses by their names.
        func build(_ libraries: [String: (location: String, version: String)]) throws {
            let dependencies = libraries.map { name, library in
                """
                {"packageRef": {"identity": "\(name)", "location": "\(library.location)"},
                 "state": {"checkoutState": {"revision": "5e9c", "version": "\(library.version)"}}}
                """
            }
            try "{\"object\": {\"dependencies\": [\(dependencies.joined(separator: ","))]}}".write(
                to: folder.appending(path: "workspace-state.json"), atomically: true, encoding: .utf8)
        }

        func table(_ rows: String...) throws {
            let head = "library\tversion\tnewest\tcompared\tweaknesses"
            let lines = ([head] + rows.map { $0.replacing(" ", with: "\t") }).joined(separator: "\n") + "\n"
            try lines.write(to: tableFile, atomically: true, encoding: .utf8)
        }

        func heading(_ text: String) throws {
            try "# Changes\n\n## \(text)\n".write(
                to: folder.appending(path: "CHANGELOG.md"), atomically: true, encoding: .utf8)
        }

        var tableFile: URL { folder.appending(path: "libraries.tsv") }

        /// - Parameter service: Is asked in place of osv.dev; by default nobody listens there.
        func run(_ words: [String], service: String = "http://127.0.0.1:9") async throws -> FinishedCommand {
            try await FinishedCommand.run(
                ["/usr/bin/env", "python3", root.appending(path: "scripts/libraries").path] + words,
                [
                    "LIBRARIES_TABLE": tableFile.path, "LIBRARIES_OSV": service,
                    "LIBRARIES_CHANGELOG": folder.appending(path: "CHANGELOG.md").path,
                    "PYTHONDONTWRITEBYTECODE": "1", "NO_PROXY": "127.0.0.1",
                ])
        }

        func check(_ day: String) async throws -> FinishedCommand { try await run(["check", folder.path, day]) }
    }

    @Test("a release is refused with a library that is older than its comparison, unknown, changed or no longer needed")
    func gate() async throws {
        try await withFolder { folder in
            let scene = Scene(folder: folder)
            try scene.heading("1.2.0, 2026-11-30")
            try scene.build(["anvil": ("https://example.invalid/anvil", "1.4.2")])
            let fine = "anvil 1.4.2 1.5.0 2026-11-23 2026-11-23"
            for (day, row, words) in [
                ("2026-11-23", fine, nil), ("2026-11-30", fine, nil),
                ("2026-12-01", fine, "compared with what is published on 2026-11-23"),
                ("2026-11-22", fine, "which is not within the 7 days before 2026-11-22"),
                ("2026-11-30", "anvil 1.4.2 1.5.0 2026-11-29 2026-11-22", "with known weaknesses on 2026-11-22"),
                ("2026-11-30", "anvil 1.4.2 1.5.0 2026-11-29 -", "never compared with known weaknesses"),
                ("2026-11-30", "anvil 1.4.2 - - 2026-11-29", "never compared with what is published"),
                ("2026-11-30", "anvil 1.4.1 1.5.0 2026-11-29 2026-11-29", "1.4.2 is built, and 1.4.1 is in"),
                ("2026-11-30", "bellows 1.0.0 1.0.0 2026-11-29 2026-11-29", "anvil: packaging/libraries.tsv does not"),
            ] as [(String, String, String?)] {
                try scene.table(row)
                let said = try await scene.check(day)
                #expect(said.status == (words == nil ? 0 : 1), "\(row) \(day): \(said)")
                #expect(words.map { said.errors.contains($0) } ?? said.errors.isEmpty, "\(row) \(day): \(said.errors)")
            }
            try scene.table(fine, "bellows 1.0.0 1.0.0 2026-11-29 2026-11-29")
            let more = try await scene.check("2026-11-30")
            #expect(more.status == 1 && more.errors.contains("bellows: packaging/libraries.tsv has it, and nothing"))
            try scene.heading("1.2.0, not yet released")
            let trial = try await scene.check("2030-01-01")
            #expect(trial.status == 0 && trial.errors.contains("because of 2 libraries; this is none"), "\(trial)")
        }
    }

    @Test("to compare asks each repository and the list of weaknesses, and gives a date to what has answered")
    func compare() async throws {
        try await withFolder { folder in
            let scene = Scene(folder: folder)
            let anvil = folder.appending(path: "anvil")
            let git = ["/usr/bin/env", "git", "-C", anvil.path, "-c", "user.name=t", "-c", "user.email=t@example.com"]
            try FileManager.default.createDirectory(at: anvil, withIntermediateDirectories: true)
            for words in [
                ["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "x"], ["tag", "1.9.0"], ["tag", "1.10.1"],
                ["tag", "v1.2"], ["tag", "2.0.0-beta.1"],
            ] {
                let said = try await FinishedCommand.run(git + words)
                #expect(said.status == 0, "\(said.errors)")
            }
            try scene.build([
                "anvil": (anvil.path, "1.9.0"), "bellows": (folder.appending(path: "nowhere").path, "1.0.0"),
            ])
            try scene.table("anvil 1.8.0 1.8.0 2020-01-01 2020-01-01", "forge 1.0.0 1.0.0 2020-01-01 2020-01-01")
            func row() throws -> [Substring] {
                let lines = try String(contentsOf: scene.tableFile, encoding: .utf8).split(separator: "\n")
                #expect(lines.count == 3 && lines[2] == "bellows\t1.0.0\t-\t-\t-", "\(lines)")
                return lines[1].split(separator: "\t")
            }
            let alone = try await scene.run(["compare", folder.path])
            #expect(alone.status == 1 && alone.output == "anvil: 1.9.0 is built, 1.10.1 is published\n", "\(alone)")
            #expect(alone.errors.contains("anvil: http://127.0.0.1:9 does not answer"))
            #expect(alone.errors.contains("bellows: its repository does not answer"))
            let first = try row()
            #expect(first.prefix(3) == ["anvil", "1.9.0", "1.10.1"] && first[3] != "2020-01-01" && first[4] == "-")

            try scene.build(["anvil": (anvil.path, "1.9.0"), "bellows": (anvil.path, "1.10.1")])
            let weak = try await scene.compare(answering: #"{"vulns": [{"id": "GHSA-1"}]}"#)
            #expect(weak.status == 1 && weak.errors.contains("anvil: known weaknesses: GHSA-1"), "\(weak)")
            let well = try await scene.compare(answering: "{}")
            #expect(well.status == 0 && well.errors.isEmpty, "\(well)")
            let dates = try String(contentsOf: scene.tableFile, encoding: .utf8).split(separator: "\n").dropFirst()
                .map { $0.split(separator: "\t")[3...4] }
            #expect(dates.count == 2 && dates.allSatisfy { $0.first == $0.last && $0.first?.count == 10 }, "\(dates)")
            _ = try await scene.compare(answering: #"{"vulns": [{"id": "GHSA-2"}]}"#)
            let found = try String(contentsOf: scene.tableFile, encoding: .utf8).split(separator: "\n").dropFirst()
            #expect(found.allSatisfy { $0.hasSuffix("\t-") }, "what became known of it counts: \(found)")
        }
    }
}

extension LibrariesScriptTests.Scene {
    /// Compares with a list of weaknesses that answers every question alike, on a port of its own.
    fileprivate func compare(answering answer: String) async throws -> FinishedCommand {
        let program = """
            import http.server, os, subprocess, sys, threading
            class Answer(http.server.BaseHTTPRequestHandler):
                def do_POST(self):
                    question = self.rfile.read(int(self.headers["Content-Length"]))
                    well = self.path == "/v1/query" and b'"ecosystem": "SwiftURL"' in question
                    self.send_response(200 if well else 400)
                    self.end_headers()
                    self.wfile.write(sys.argv[3].encode())
                def log_message(self, *_): pass
            server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            environment = {**os.environ, "LIBRARIES_OSV": f"http://127.0.0.1:{server.server_port}"}
            sys.exit(subprocess.run([sys.executable, sys.argv[1], "compare", sys.argv[2]], env=environment).returncode)
            """
        let script = LibrariesScriptTests.root.appending(path: "scripts/libraries").path
        return try await FinishedCommand.run(
            ["/usr/bin/env", "python3", "-c", program, script, folder.path, answer],
            [
                "LIBRARIES_TABLE": tableFile.path, "PYTHONDONTWRITEBYTECODE": "1", "NO_PROXY": "127.0.0.1",
            ])
    }
}
