// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
@testable import DaybookCLI
import DaybookNotifiers
import DaybookWeb
import Foundation
import IntuitOAuth
import Logging
import Testing

@Suite("The configuration")
struct ConfigurationTests {
    /// Flags and variables to a configuration, as a command reads them.
    private func read(
        _ variables: [String: String] = [:], flags: [String] = []
    ) async throws -> DaybookConfiguration {
        let environment = ["HOME": "/home/pat"].merging(variables) { $1 }
        return try ConfigurationOptions.parse(flags).read(environment: environment)
    }

    private func mistakes(
        _ variables: [String: String], flags: [String] = []
    ) async throws -> [ConfigurationMistakes.Mistake] {
        do {
            _ = try await read(variables, flags: flags)
            return []
        } catch let mistakes as ConfigurationMistakes {
            return mistakes.list
        }
    }

    private static let desk = [
        "DAYBOOK_INTUIT_DISCOVERY_URL": "http://127.0.0.1:8711/.well-known/openid_sandbox_configuration",
        "DAYBOOK_QUICKBOOKS_URL": "http://127.0.0.1:8711",
    ]

    @Test(
        "an address that no secret may be sent to is blamed on its own setting, and both on theirs",
        arguments: ["INTUIT_DISCOVERY_URL", "QUICKBOOKS_URL"])
    func plainAddress(_ setting: String) async throws {
        let name = "DAYBOOK_\(setting)"
        let one = try await mistakes(Self.desk.merging([name: "http://example.com"]) { $1 })
        #expect(one.map(\.name) == [name])
        #expect(one.first?.value == "http://example.com")
        #expect(one.first?.remedy.contains("only https is allowed") == true)
        let both = try await mistakes(Self.desk.mapValues { _ in "http://example.com" })
        #expect(Set(both.map(\.name)) == Set(Self.desk.keys))
    }

    @Test("without settings it serves this machine and talks to Intuit's production, paced, with the full horizon")
    func standard() async throws {
        let standard = try await read()
        #expect(standard.dataFolder == "/home/pat/.local/share/daybook")
        #expect(standard.listen == ListenAddress(host: "127.0.0.1", port: 8710))
        #expect(standard.publicURL.absoluteString == "http://localhost:8710")
        #expect(standard.redirectURI == "http://localhost:8710/connection/callback")
        #expect(standard.environments.names == [.production, .sandbox])
        #expect(standard.clockURL == nil)
        #expect(standard.logLevel == .info && standard.logFormat == .lines)
        #expect(standard.inFlightHorizon == .seconds(130))
        #expect(standard.isPaced)
        #expect(standard.retention == .seconds(90 * 86_400) && standard.customersYears == nil)
    }

    @Test("a certificate comes with its key, by whole paths, and the public address is https then")
    func certificate() async throws {
        #expect(try await read().certificate == nil)
        let both = ["DAYBOOK_TLS_CERTIFICATE": "/etc/c.pem", "DAYBOOK_TLS_KEY": "/etc/k.pem"]
        let found = try await read(both)
        #expect(found.certificate == CertificateFiles(certificate: "/etc/c.pem", key: "/etc/k.pem"))
        #expect(found.publicURL.absoluteString == "https://localhost:8710")
        #expect(found.openness == nil)
        let flags = try await read(flags: ["--tls-certificate", "/etc/c.pem", "--tls-key", "/etc/k.pem"])
        #expect(flags.certificate == found.certificate)
        for name in both.keys {
            let mistakes = try await mistakes(both.filter { $0.key == name })
            #expect(mistakes.map(\.name) == both.keys.filter { $0 != name } && mistakes.map(\.value) == [""])
        }
        let relative = try await mistakes(both.merging(["DAYBOOK_TLS_KEY": "k.pem"]) { $1 })
        #expect(relative.map(\.name) == ["DAYBOOK_TLS_KEY"])
        let plain = try await mistakes(both.merging(["DAYBOOK_PUBLIC_URL": "http://localhost:8710"]) { $1 })
        #expect(plain.map(\.name) == ["DAYBOOK_PUBLIC_URL"])
    }

    @Test("trusted proxies are addresses and ranges; each that is neither is named by itself")
    func trustedProxies() async throws {
        #expect(try await read().trustedProxies.ranges.isEmpty)
        let flag = try await read(flags: ["--trusted-proxies", "127.0.0.1, ::1,10.0.0.0/8"])
        #expect(flag.trustedProxies.ranges.map(\.description) == ["127.0.0.1", "::1", "10.0.0.0/8"])
        let mistakes = try await mistakes(["DAYBOOK_TRUSTED_PROXIES": "localhost,127.0.0.1,10.1.2.3/8,0.0.0.0/0"])
        #expect(mistakes.map(\.value) == ["localhost", "10.1.2.3/8", "0.0.0.0/0"])
        #expect(Set(mistakes.map(\.name)) == ["DAYBOOK_TRUSTED_PROXIES"])
    }

    @Test("Intuit's two environments have addresses of their own; a custom one replaces them unless they are given")
    func environments() async throws {
        let address = "http://127.0.0.1:8711"
        let own = try await read(["DAYBOOK_INTUIT_ENVIRONMENT": "sandbox"])
        #expect(own.environments.names == [.sandbox, .production] && own.environments.usual == .sandbox)
        let desk = try await read([
            "DAYBOOK_PRODUCTION_DISCOVERY_URL": "\(address)/p", "DAYBOOK_PRODUCTION_QUICKBOOKS_URL": address,
            "DAYBOOK_SANDBOX_DISCOVERY_URL": "\(address)/s", "DAYBOOK_SANDBOX_QUICKBOOKS_URL": address,
            "DAYBOOK_CLOCK_URL": address,
        ])
        #expect(desk.environments.names == [.production, .sandbox])
        #expect(desk.environments[.sandbox]?.discoveryURL.absoluteString == "\(address)/s")
        let three = try await read(
            Self.desk.merging([
                "DAYBOOK_SANDBOX_DISCOVERY_URL": "\(address)/s", "DAYBOOK_SANDBOX_QUICKBOOKS_URL": address,
            ]) { $1 })
        #expect(three.environments.names == [.custom, .sandbox])
        let half = try await mistakes(["DAYBOOK_SANDBOX_QUICKBOOKS_URL": address])
        #expect(half.map(\.name) == ["DAYBOOK_SANDBOX_DISCOVERY_URL"])
    }

    @Test("every name of the environment is read")
    func environment() async throws {
        let told = try await read(
            Self.desk.merging([
                "DAYBOOK_DATA_DIR": "/srv/daybook", "DAYBOOK_LISTEN": "[::1]:9000",
                "DAYBOOK_PUBLIC_URL": "https://books.example.com/", "DAYBOOK_CLOCK_URL": "http://localhost:8711",
                "DAYBOOK_LOG_LEVEL": "Debug", "DAYBOOK_IN_FLIGHT_HORIZON": "3", "DAYBOOK_PACING": "off",
            ]) { $1 })
        #expect(told.dataFolder == "/srv/daybook")
        #expect(told.listen.description == "[::1]:9000")
        #expect(told.redirectURI == "https://books.example.com/connection/callback")
        #expect(told.environments.names == [.custom])
        #expect(told.environments[.custom]?.quickBooksURL.absoluteString == "http://127.0.0.1:8711")
        #expect(told.clockURL?.absoluteString == "http://localhost:8711")
        #expect(told.logLevel == .debug)
        #expect(told.inFlightHorizon == .seconds(3))
        #expect(!told.isPaced)
    }

    @Test(
        "what is no host and port is a mistake",
        arguments: ["nowhere", "127.0.0.1", "127.0.0.1:", "127.0.0.1:+80", "127.0.0.1:65536", ":80"])
    func listenMistakes(address: String) async throws {
        #expect(try await mistakes(["DAYBOOK_LISTEN": address]).map(\.name) == ["DAYBOOK_LISTEN"])
    }

    @Test("a flag goes before the environment, and the environment before the file")
    func precedence() async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "daybook.json")
            let settings = ["listen": "127.0.0.1:1111", "logLevel": "error", "dataDir": "/from/file"]
            try JSONEncoder().encode(settings).write(to: file)
            let told = try await read(
                ["DAYBOOK_CONFIG": file.path, "DAYBOOK_LISTEN": "127.0.0.1:2222", "DAYBOOK_LOG_LEVEL": "notice"],
                flags: ["--listen", "127.0.0.1:3333"])
            #expect(told.listen.port == 3333)
            #expect(told.logLevel == .notice)
            #expect(told.dataFolder == "/from/file")
            let flagged = try await read(flags: ["--config", file.path])
            #expect(flagged.listen.port == 1111)
        }
    }

    @Test("the log's format is a flag, a variable and a member of the file; a wrong one is a mistake")
    func logFormat() async throws {
        #expect(try await read(flags: ["--log-format", "json"]).logFormat == .json)
        #expect(try await read(["DAYBOOK_LOG_FORMAT": "JSON"]).logFormat == .json)
        #expect(try await mistakes(["DAYBOOK_LOG_FORMAT": "xml"]).map(\.name) == ["DAYBOOK_LOG_FORMAT"])
        try await withFolder { folder in
            let file = folder.appending(path: "daybook.json")
            try Data(#"{"logFormat": "json"}"#.utf8).write(to: file)
            #expect(try await read(["DAYBOOK_CONFIG": file.path]).logFormat == .json)
        }
    }

    @Test("who needs an authenticator app is one of two words")
    func authenticators() async throws {
        #expect(try await read().authenticators == .administrators)
        #expect(try await read(flags: ["--require-authenticator", "everybody"]).authenticators == .everybody)
        let wrong = try await mistakes(["DAYBOOK_REQUIRE_AUTHENTICATOR": "nobody"])
        #expect(wrong.map(\.name) == ["DAYBOOK_REQUIRE_AUTHENTICATOR"])
    }

    @Test("how many calls a minute has room for is a number or off")
    func callsPerMinute() async throws {
        #expect(try await read().callsPerMinute == 6_000)
        #expect(try await read(["DAYBOOK_CALLS_PER_MINUTE": "600"]).callsPerMinute == 600)
        #expect(try await read(flags: ["--calls-per-minute", "off"]).callsPerMinute == nil)
        for wrong in ["59", "1000001", "many", "-1"] {
            #expect(try await mistakes(["DAYBOOK_CALLS_PER_MINUTE": wrong]).map(\.name) == ["DAYBOOK_CALLS_PER_MINUTE"])
        }
    }

    @Test("webhooks may lead everywhere, or to the hosts of a list")
    func webhookHosts() async throws {
        #expect(try await read().webhookHosts == nil)
        let given = "Hooks.example.com, *.chat.example.com,10.0.0.5"
        let expected = WebhookHosts(["hooks.example.com", "*.chat.example.com", "10.0.0.5"])
        #expect(try await read(["DAYBOOK_WEBHOOK_HOSTS": given]).webhookHosts == expected)
        #expect(try await read(flags: ["--webhook-hosts", given]).webhookHosts == expected)
        for wrong in ["*", "*.", "https://hooks.example.com", "*.*.example.com", "hooks.example/a", "a*.example"] {
            #expect(try await mistakes(["DAYBOOK_WEBHOOK_HOSTS": wrong]).map(\.name) == ["DAYBOOK_WEBHOOK_HOSTS"])
        }
    }

    @Test("a list of refused passwords is a file with passwords in it")
    func passwordList() async throws {
        #expect(try await read().passwordList == nil)
        #expect(try await mistakes(["DAYBOOK_PASSWORD_LIST": "here.lst"]).map(\.name) == ["DAYBOOK_PASSWORD_LIST"])
        try await withFolder { folder in
            let file = folder.appending(path: "some.lst")
            #expect(throws: CommandFailure.self) { try PasswordListFile.read(file.path) }
            try Data("short\n".utf8).write(to: file)
            #expect(throws: CommandFailure.self) { try PasswordListFile.read(file.path) }
            try Data("gravel tuesday\n".utf8).write(to: file)
            #expect(try PasswordListFile.read(file.path).contains("Gravel Tuesday"))
            let usual = folder.appending(path: "usual.py").path
            #expect(try PasswordListFile.chosen(nil, usual: usual).count == 0, "it may be missing")
            try Data(
                """
                # generated by build_frequency_lists
                FREQUENCY_LISTS = {
                    "passwords": "short,mossy-anvil,Wheel.Barrow".split(","),
                }

                """.utf8
            ).write(to: URL(filePath: usual))
            let found = try PasswordListFile.chosen(nil, usual: usual)
            #expect(found.contains("Mossy-Anvil") && found.contains("wheel.barrow"))
            #expect(!found.contains("gravel tuesday"))
            #expect(try PasswordListFile.chosen(file.path, usual: usual).count == 1, "the named one alone")
            #expect(throws: CommandFailure.self) { try PasswordListFile.chosen("/nowhere.lst", usual: usual) }
        }
    }

    @Test("a number in the file counts as its text, and a wrong one is a mistake")
    func numbers() async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "daybook.json")
            try Data(#"{"dataDir": "/from/file", "backupDir": "/srv/backup", "backupHours": 6}"#.utf8).write(to: file)
            #expect(try await read(["DAYBOOK_CONFIG": file.path]).backups?.interval == .seconds(6 * 3_600))
            try Data(#"{"dataDir": "/from/file", "backupDir": "/srv/backup", "backupHours": 99999999}"#.utf8).write(
                to: file)
            await #expect(throws: (any Error).self) { try await read(["DAYBOOK_CONFIG": file.path]) }
        }
    }

    @Test("a member that is no setting is a mistake that names the one that was meant; notes are none")
    func unknown() async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "daybook.json")
            let text = """
                {"//": "a note", "// dataDir": "a note", "publicURL": "https://books.example.com", "log-level": "notice",
                 "DAYBOOK_BACKUP_DIR": "/srv", "colour": "blue", "listen": "nowhere"}
                """
            try Data(text.utf8).write(to: file)
            let mistakes = try await mistakes(["DAYBOOK_CONFIG": file.path])
            for (member, remedy) in [
                ("publicURL", "write “publicUrl”"), ("log-level", "write “logLevel”"),
                ("DAYBOOK_BACKUP_DIR", "write “backupDir”"), ("colour", "`daybook serve --help` lists them"),
            ] {
                #expect(
                    mistakes.contains { $0.remedy.hasPrefix("its member “\(member)” is no setting; \(remedy)") },
                    "\(member) in \(mistakes)")
            }
            #expect(mistakes.count == 5 && mistakes.last?.name == "DAYBOOK_LISTEN", "all at once")
        }
    }

    @Test("every setting may be in the file: those of the flags, the addresses of both environments, and the package's")
    func known() async throws {
        let flags = try await CommandTree.daybook().all().first { $0.path == "daybook serve" }?.arguments ?? []
        let notInFile: Set = ["config", "start-empty", "resume-posting", "help", "h", "version"]
        var names = flags.flatMap { $0.names ?? [] }.map(\.name).filter { !notInFile.contains($0) }.map { name in
            name.split(separator: "-").enumerated().map { $0 == 0 ? String($1) : $1.capitalized }.joined()
        }
        #expect(names.count > 20)
        names += ["productionDiscoveryUrl", "productionQuickbooksUrl", "sandboxDiscoveryUrl", "sandboxQuickbooksUrl"]
        try await withFolder { folder in
            let file = folder.appending(path: "daybook.json")
            try JSONEncoder().encode(Dictionary(uniqueKeysWithValues: names.map { ($0, "") })).write(to: file)
            #expect(try await read(["DAYBOOK_CONFIG": file.path]).listen.port == 8710)
        }
    }

    @Test("a list or an object in the file is a mistake: left out, it would leave the usual data folder, for example")
    func lists() async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "daybook.json")
            try Data(#"{"dataDir": ["/srv"], "listen": {"port": 1}, "trustedProxies": [], "logLevel": null}"#.utf8)
                .write(to: file)
            let mistakes = try await mistakes(["DAYBOOK_CONFIG": file.path])
            #expect(mistakes.map(\.name) == Array(repeating: "DAYBOOK_CONFIG", count: 3))
            for (mistake, member) in zip(mistakes, ["dataDir", "listen", "trustedProxies"]) {
                #expect(mistake.value == file.path && mistake.remedy.contains("“\(member)” is a list or an object"))
            }
            try Data(#"["dataDir"]"#.utf8).write(to: file)
            #expect(try await self.mistakes(["DAYBOOK_CONFIG": file.path]).count == 1)
            #expect(try await read(["DAYBOOK_CONFIG": ""]).listen.port == 8710)
        }
    }

    /// Not every machine has an IPv6 address of its own.
    private static let hosts = FreePort.pick(host: "::1") == nil ? ["127.0.0.1"] : ["127.0.0.1", "[::1]"]

    @Test("port 0 takes a free one, and the public address names it", arguments: hosts)
    func freePort(_ host: String) async throws {
        let told = try await read(["DAYBOOK_LISTEN": "\(host):0"])
        #expect(told.listen.port > 0)
        #expect(told.publicURL.port == told.listen.port)
    }

    @Test("details are kept for a number of days, or for ever")
    func retention() async throws {
        #expect(try await read(["DAYBOOK_RETENTION_DAYS": "400"]).retention == .seconds(400 * 86_400))
        #expect(try await read(["DAYBOOK_RETENTION_DAYS": "forever"]).retention == nil)
        #expect(try await read(["DAYBOOK_CUSTOMERS_YEARS": "7"]).customersYears == 7)
        #expect(try await read(["DAYBOOK_CUSTOMERS_YEARS": "never"]).customersYears == nil)
    }

    @Test("a free port is picked once only, and from those that no outgoing connection is given")
    func freePorts() throws {
        let ports = try (0..<200).map { _ in try #require(FreePort.pick(host: "127.0.0.1")) }
        #expect(Set(ports).count == ports.count)
        #expect(ports.allSatisfy { FreePort.range.contains($0) })
    }

    @Test(
        "one mistake names the setting, what it said and an example",
        arguments: [
            ("DAYBOOK_LISTEN", "8710"), ("DAYBOOK_LISTEN", "127.0.0.1:70000"), ("DAYBOOK_LISTEN", "0.0.0.0:8710"),
            ("DAYBOOK_LISTEN", "example.com:8710"), ("DAYBOOK_PUBLIC_URL", "books.example.com"),
            ("DAYBOOK_PUBLIC_URL", "http://books.example.com"), ("DAYBOOK_PUBLIC_URL", "https://example.com/books"),
            ("DAYBOOK_PUBLIC_URL", "ftp://example.com"), ("DAYBOOK_INTUIT_ENVIRONMENT", "playground"),
            ("DAYBOOK_LOG_LEVEL", "loud"), ("DAYBOOK_IN_FLIGHT_HORIZON", "2 s"), ("DAYBOOK_IN_FLIGHT_HORIZON", "-1"),
            ("DAYBOOK_IN_FLIGHT_HORIZON", "129"), ("DAYBOOK_RETENTION_DAYS", "0"),
            ("DAYBOOK_RETENTION_DAYS", "90 days"),
            ("DAYBOOK_RETENTION_DAYS", "36501"), ("DAYBOOK_CUSTOMERS_YEARS", "0"), ("DAYBOOK_CUSTOMERS_YEARS", "ten"),
            ("DAYBOOK_PACING", "off"), ("DAYBOOK_PACING", "fast"),
            ("DAYBOOK_CLOCK_URL", "http://127.0.0.1:8711"), ("DAYBOOK_CONFIG", "/nowhere/daybook.json"),
        ])
    func mistake(_ name: String, _ value: String) async throws {
        let mistakes = try await mistakes([name: value])
        let mistake = try #require(mistakes.first)
        #expect(mistakes.count == 1)
        #expect(mistake.name == name && mistake.value == value)
        #expect(!mistake.remedy.isEmpty && !mistake.example.isEmpty)
        // The example is itself no mistake.
        guard name != "DAYBOOK_CONFIG", name != "DAYBOOK_CLOCK_URL" else { return }
        #expect(try await self.mistakes([name: mistake.example]) == [])
    }

    @Test(
        "a custom environment needs both addresses, whole and right",
        arguments: [
            (["DAYBOOK_QUICKBOOKS_URL": "http://127.0.0.1:8711"], "DAYBOOK_INTUIT_DISCOVERY_URL"),
            (["DAYBOOK_INTUIT_DISCOVERY_URL": "http://127.0.0.1:8711/d"], "DAYBOOK_QUICKBOOKS_URL"),
            (
                ["DAYBOOK_INTUIT_DISCOVERY_URL": "http://127.0.0.1/d", "DAYBOOK_QUICKBOOKS_URL": "127.0.0.1:8711"],
                "DAYBOOK_QUICKBOOKS_URL"
            ),
        ])
    func customEnvironment(_ variables: [String: String], _ name: String) async throws {
        #expect(try await mistakes(variables).map(\.name) == [name])
    }

    @Test(
        "a sandbox's clock is refused unless every Intuit address and the clock itself are on this machine",
        arguments: [
            ["DAYBOOK_CLOCK_URL": "http://192.0.2.7:8711"],
            ["DAYBOOK_CLOCK_URL": "http://127.0.0.1.example.com:8711"],
            ["DAYBOOK_QUICKBOOKS_URL": "https://quickbooks.api.intuit.com"],
            ["DAYBOOK_INTUIT_DISCOVERY_URL": "https://developer.api.intuit.com/.well-known/openid_configuration"],
            // One environment on this machine is not enough while another one is Intuit's.
            [
                "DAYBOOK_SANDBOX_DISCOVERY_URL": "https://developer.api.intuit.com/.well-known/openid_configuration",
                "DAYBOOK_SANDBOX_QUICKBOOKS_URL": "https://sandbox-quickbooks.api.intuit.com",
            ],
        ])
    func clock(_ variables: [String: String]) async throws {
        let all = Self.desk.merging(["DAYBOOK_CLOCK_URL": "http://127.0.0.1:8711"]) { $1 }.merging(variables) { $1 }
        #expect(try await mistakes(all).map(\.name) == ["DAYBOOK_CLOCK_URL"])
    }

    @Test("all mistakes are told at once, each on a line with an example")
    func allAtOnce() async throws {
        let wrong = [
            "DAYBOOK_LISTEN": "everywhere", "DAYBOOK_PUBLIC_URL": "books", "DAYBOOK_LOG_LEVEL": "loud",
            "DAYBOOK_IN_FLIGHT_HORIZON": "soon", "DAYBOOK_PACING": "fast", "HOME": "",
        ]
        let error = await #expect(throws: ConfigurationMistakes.self) { try await read(wrong) }
        let lines = try #require(error).description.split(separator: "\n")
        #expect(lines.first == "The configuration has 6 mistakes:")
        #expect(lines.count == 7)
        for line in lines.dropFirst() { #expect(line.contains(" Example: DAYBOOK_")) }
        #expect(lines.contains { $0.hasPrefix("  DAYBOOK_DATA_DIR is missing: ") })
    }
}
