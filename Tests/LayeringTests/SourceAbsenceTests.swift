// SPDX-License-Identifier: Apache-2.0
import Testing

/// What docs/security.md says is not in Daybook. The sandbox, a program for tests, is left out.
@Suite("What is not in the sources")
struct SourceAbsenceTests {
    private func files() throws -> [SourceFile] {
        let files = try SourceTree.sources.get().filter { !["IntuitSandbox", "SandboxCLI"].contains($0.target) }
        #expect(files.count > 300, "the test looks in the wrong place")
        return files
    }

    /// - Parameter allowed: Paths, without `Sources/`.
    private func forbid(_ words: [String], in files: [SourceFile], besides allowed: Set<String> = []) {
        for file in files where !allowed.contains(file.path.replacing("Sources/", with: "")) {
            for (index, line) in file.code.enumerated() {
                for word in words where line.contains(word) {
                    Violation.report([
                        Violation(file.path, line: index + 1, "\(word): docs/security.md says it is not there")
                    ])
                }
            }
        }
    }

    @Test("no XML is read, no object unarchived, no pattern or code made from a text")
    func machines() throws {
        forbid(
            [
                "XMLParser", "XMLDocument", "NSKeyedUnarchiver", "PropertyListDecoder", "NSRegularExpression", "Regex(",
                "NSPredicate", "NSExpression", "JSContext", "dlopen", "WebSocket",
            ], in: try files())
    }

    @Test("no answer lets a page of another site read it")
    func crossOrigin() throws {
        let files = try files()
        forbid(["CORSMiddleware", "accessControlAllow"], in: files)
        for file in files where file.lines.contains(where: { $0.lowercased().contains("access-control-") }) {
            Issue.record("\(file.path) names a header of CORS")
        }
    }

    @Test("random bytes come from the system's generator and from no other place")
    func randomness() throws {
        // Ports and names of temporary files need not be hard to guess; nor does an example's trade.
        forbid(
            [".random(", "randomElement", "shuffled", "arc4random", "drand48", "UUID()", "RandomNumberGenerator"],
            in: try files(),
            besides: [
                "DaybookStorage/SystemRandomness.swift", "Daybook/Counter/Sample/SeededGenerator.swift",
                "DaybookCLI/Configuration/FreePort.swift", "DaybookCLI/Demo/DemoPrograms.swift",
                "DaybookCLI/Intake/ImportFile.swift", "DaybookNotifiers/Mail/ChildCommand.swift",
            ])
    }

    @Test("connections to elsewhere are opened in the places that docs/security.md names, and no redirect is followed")
    func outward() throws {
        let files = try files()
        forbid(
            [
                "HTTPClient(", "ClientBootstrap(", "DatagramBootstrap(", "RawSocketBootstrap(", "URLSession", "socket(",
                "NWConnection", "CFStream", "FoundationNetworking",
            ], in: files,
            besides: [
                "DaybookCLI/Assembly/Assembly.swift", "DaybookCLI/Client/DaybookServer.swift",
                "DaybookCLI/Configuration/FreePort.swift", "DaybookCLI/Demo/DemoPrograms.swift",
                "DaybookCLI/Demo/SampleAdministrator.swift", "DaybookCLI/Doctor/DoctorRound.swift",
                "HTTPTransport/PinnedTransport.swift", "HTTPTransport/PresentedCertificate.swift",
            ])
        forbid(["getaddrinfo(", "gethostbyname"], in: files, besides: ["DaybookNotifiers/Webhook/NameLookup.swift"])
        forbid([".follow("], in: files)
    }

    @Test("samples and the demo are in folders that what is installed is made without, and nothing else needs them")
    func samples() throws {
        let manifest = try SourceTree().text(of: "Package.swift")
        for words in [
            #"let isInstalled = Context.environment["DAYBOOK_INSTALLED"] == "1""#,
            #"let samplesOfCounter = isInstalled ? ["Counter/Sample"] : []"#,
            #"let samplesOfCommands = isInstalled ? ["Demo", "Sample"] : []"#,
            #"name: "Daybook", exclude: samplesOfCounter,"#, "exclude: samplesOfCommands,",
            #"settings + (isInstalled ? [.define("INSTALLED")] : [])"#,
        ] { #expect(manifest.contains(words), "\(words)") }
        let folders = ["Sources/Daybook/Counter/Sample/", "Sources/DaybookCLI/Demo/", "Sources/DaybookCLI/Sample/"]
        let all = try files()
        for folder in folders { #expect(all.contains { $0.path.hasPrefix(folder) }, "\(folder)") }
        let installed = all.filter { file in !folders.contains { file.path.hasPrefix($0) } }
        forbid(
            ["SampleTrade", "SampleCommand", "SampleAdministrator", "DemoCommand", "ArticleDemo", "SeededGenerator"],
            in: installed, besides: ["DaybookCLI/DaybookCommand.swift"])
        for file in installed where file.lines.contains(where: { $0.lowercased().contains("sample-administrator") }) {
            Issue.record("\(file.path) names the sample administrator")
        }
        let command = try SourceTree().text(of: "Sources/DaybookCLI/DaybookCommand.swift")
        let branches = try #require(command.firstMatch(of: /#if INSTALLED\n +\[\]\n +#else\n +(.*)\n +#endif/))
        #expect(branches.1 == "[SampleCommand.self, DemoCommand.self]")
        #expect(command.matches(of: /SampleCommand|DemoCommand/).count == 2, "and nowhere else")
    }

    @Test("no weak hash or cipher, but SHA-1 in the codes of authenticator apps")
    func weakHashes() throws {
        forbid(["MD5", "AES.CBC", "_CBC", "AES.CTR", "_CTR", "3DES", "RC4", "ECB"], in: try files())
        forbid(["Insecure."], in: try files(), besides: ["DaybookStorage/SystemMessageAuthentication.swift"])
    }

    @Test("pointers, whose bounds Swift does not check, are beside system calls, SQLite, zlib and one scanner of JSON")
    func pointers() throws {
        forbid(
            [
                "UnsafeBuffer", "UnsafeRaw", "UnsafePointer", "UnsafeMutable", "withUnsafe", "OpaquePointer",
                "unsafeBitCast",
                "unsafeDowncast", "assumingMemoryBound", "bindMemory", "nonisolated(unsafe)", "@unchecked",
                "unowned(unsafe)", "-Ounchecked",
            ], in: try files(),
            besides: [
                "DaybookCLI/Configuration/FreePort.swift", "DaybookCLI/Serve/ProgramRestart.swift",
                "DaybookNotifiers/Mail/ChildCommand.swift", "DaybookNotifiers/Mail/SpawnedProcess.swift",
                "DaybookNotifiers/Mail/SpawnedProcess+Descriptors.swift",
                "DaybookNotifiers/Webhook/NameLookup.swift", "DaybookStorage/Folder/OpenFile.swift",
                "DaybookStorage/Passwords/ScryptCost.swift", "DaybookStorage/SQLite/PreparedStatement.swift",
                "DaybookStorage/SQLite/ReadOnlyDatabase.swift", "DaybookStorage/TokenJournal/TokenJournalFrame.swift",
                "DaybookWeb/Guard/GzipInflater.swift", "QuickBooks/JSON/JSONOutline.swift",
                "QuickBooks/JSON/JSONWalker.swift",
            ])
    }
}
