// SPDX-License-Identifier: Apache-2.0
import Configuration
import Daybook
@testable import DaybookCLI
import DaybookWeb
import Foundation

extension FuzzTarget {
    /// A JSON file with settings.
    static let settingsFile = FuzzTarget(name: "settings-file") { bytes in
        do {
            let texts = try SettingsFile(Data(bytes), path: "/etc/daybook.json").texts
            let written = try JSONEncoder().encode(texts)
            try promise(try SettingsFile(written, path: "").texts == texts, "written, it is not the same: \(texts)")
            _ = try said(by: texts.filter { names.contains($0.key) })
        } catch let mistakes as ConfigurationMistakes {
            try check(mistakes)
        }
    }

    /// Lines with a setting's name and its value, as environment variables and as a file: they mean the same.
    static let settingsEnvironment = FuzzTarget(name: "settings-environment") { bytes in
        var texts: [String: String] = [:]
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2, names.contains(parts[0]) { texts[parts[0]] = parts[1] }
        }
        let file = try SettingsFile(try JSONEncoder().encode(texts), path: "").texts
        let (one, other) = (try said(by: texts), try said(by: file, asVariables: false))
        try promise(one == other, "as variables: \(one)\nas a file: \(other)")
    }

    private static let names: Set<String> = [
        "allowInnerWebhooks", "backupDir", "backupHours", "backupKeep", "callsPerMinute", "clockUrl", "dataDir",
        "inbox", "inboxQuiet",
        "inFlightHorizon", "intuitDiscoveryUrl", "intuitEnvironment", "keyCommand", "keyFile", "listen", "logFormat",
        "logLevel", "mailFrom", "pacing", "passwordList", "productionDiscoveryUrl", "productionQuickbooksUrl",
        "publicUrl", "quickbooksUrl", "requireAuthenticator", "retentionDays", "sandboxDiscoveryUrl",
        "sandboxQuickbooksUrl", "sendmail", "tlsCertificate", "tlsKey", "trustedProxies",
    ]

    /// What settings mean: all of the configuration, or all mistakes.
    private static func said(by texts: [String: String], asVariables: Bool = true) throws -> String {
        var texts = texts
        // For port 0 a port is picked by chance.
        if texts["listen"].flatMap(ListenAddress.init)?.port == 0 { texts["listen"] = nil }
        let provider: any ConfigProvider = asVariables ? variables(texts) : file(texts)
        // As if people had signed up where the name of the folder is of even length.
        let reading = ConfigurationReading(reader: ConfigReader(provider: provider), home: "/home/pat", dataHome: nil) {
            $0.utf8.count % 2 == 0
        }
        do {
            let configuration = try reading.configuration()
            try check(configuration)
            return String(describing: configuration)
        } catch let mistakes as ConfigurationMistakes {
            try check(mistakes)
            return mistakes.description
        }
    }

    private static func variables(_ texts: [String: String]) -> any ConfigProvider {
        var variables: [String: String] = [:]
        for (name, text) in texts {
            let words = name.map { $0.isUppercase ? "_\($0)" : $0.uppercased() }
            variables["DAYBOOK_\(words.joined())"] = text
        }
        return EnvironmentVariablesProvider(environmentVariables: variables).prefixKeys(with: "daybook")
    }

    private static func file(_ texts: [String: String]) -> any ConfigProvider {
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        for (name, text) in texts { values[AbsoluteConfigKey([name])] = ConfigValue(.string(text), isSecret: false) }
        return InMemoryProvider(values: values)
    }

    private static func check(_ mistakes: ConfigurationMistakes) throws {
        try promise(!mistakes.list.isEmpty, "refused without a reason")
        for mistake in mistakes.list {
            try promise(mistake.name.hasPrefix("DAYBOOK_"), "a mistake names no setting: \(mistake)")
            try promise(!mistake.remedy.isEmpty && !mistake.example.isEmpty, "a mistake without a remedy: \(mistake)")
        }
    }

    private static func check(_ configuration: DaybookConfiguration) throws {
        let site = configuration.publicURL
        try promise(["http", "https"].contains(site.scheme) && site.host() != nil, "people can't reach \(site)")
        try promise(configuration.certificate == nil || site.scheme == "https", "\(site) beside a certificate")
        try promise(configuration.listen.isNumeric, "one can't listen on \(configuration.listen)")
        let isDesk = configuration.environments.all.allSatisfy(\.isOnThisMachine)
        let isForDesk =
            configuration.clockURL != nil || !configuration.isPaced || configuration.inFlightHorizon < .seconds(130)
        try promise(isDesk || !isForDesk, "what is for a sandbox goes to Intuit")
        for environment in configuration.environments.all {
            for url in [environment.discoveryURL, environment.quickBooksURL] where url.scheme != "https" {
                try promise(
                    url.host().map(Loopback.isLoopback(host:)) ?? false, "secrets go out in the clear to \(url)")
            }
        }
        for range in configuration.trustedProxies.ranges + configuration.innerWebhooks.ranges {
            try promise(AddressRange(range.description) == range, "\(range) is not read again")
        }
        try promise((configuration.callsPerMinute ?? 60) >= 60, "no calls at all")
    }
}
