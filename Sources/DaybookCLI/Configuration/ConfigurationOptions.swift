// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Configuration
import DaybookStorage
import Foundation

/// The flags that every command with a configuration takes.
///
/// Each flag has an environment variable, and a member in the configuration file.
struct ConfigurationOptions: ParsableArguments {
    /// The help of `--start-empty`, which two commands have.
    static let startEmptyHelp: ArgumentHelp = """
        Begin with an empty database although this folder was in use before and its database is gone; every document \
        is looked up in QuickBooks before it is sent, for 30 days.
        """

    @Option(help: "Where Daybook keeps its data (DAYBOOK_DATA_DIR; default ~/.local/share/daybook).")
    var dataDir: String?

    @Option(help: "Where `daybook serve` listens (DAYBOOK_LISTEN; default 127.0.0.1:8710; port 0 takes a free one).")
    var listen: String?

    @Option(help: "The address people use (DAYBOOK_PUBLIC_URL; default http://localhost:PORT).")
    var publicUrl: String?

    @Option(
        help: """
            Addresses and ranges of proxies whose X-Forwarded-For is believed, with commas between (DAYBOOK_TRUSTED_PROXIES; \
            default: none), such as 127.0.0.1,::1,10.0.0.0/8.
            """)
    var trustedProxies: String?

    @Option(
        help: """
            A PEM file with the certificate that `daybook serve` speaks https with, and its chain (DAYBOOK_TLS_CERTIFICATE; \
            default: none, plain http).
            """)
    var tlsCertificate: String?

    @Option(help: "A PEM file with the certificate's private key (DAYBOOK_TLS_KEY).")
    var tlsKey: String?

    @Option(help: "production or sandbox: the environment of an app when none is chosen (DAYBOOK_INTUIT_ENVIRONMENT).")
    var intuitEnvironment: String?

    @Option(help: "Discovery document of a custom environment (DAYBOOK_INTUIT_DISCOVERY_URL).")
    var intuitDiscoveryUrl: String?

    @Option(help: "Accounting API of a custom environment (DAYBOOK_QUICKBOOKS_URL).")
    var quickbooksUrl: String?

    @Option(help: "Take the time from the sandbox at this address, for demo and tests (DAYBOOK_CLOCK_URL).")
    var clockUrl: String?

    @Option(help: "Log level: trace, debug, info, notice, warning, error, critical (DAYBOOK_LOG_LEVEL; default info).")
    var logLevel: String?

    @Option(
        help: """
            Seconds after which QuickBooks can no longer carry out a request that it did not answer \
            (DAYBOOK_IN_FLIGHT_HORIZON; default 130; less only against a loopback sandbox).
            """)
    var inFlightHorizon: String?

    @Option(
        help:
            "on or off: keep Intuit's request limits (DAYBOOK_PACING; default on; off only against a loopback sandbox)."
    )
    var pacing: String?

    @Option(
        help: """
            Days after which the bodies of settled requests, and all but the first and last line of the history of what \
            was exported, are removed; or forever (DAYBOOK_RETENTION_DAYS; default 90).
            """)
    var retentionDays: String?

    @Option(
        help: "Where `daybook serve` puts backups of its database, as a whole path (DAYBOOK_BACKUP_DIR; default: none)."
    )
    var backupDir: String?

    @Option(help: "Hours from one backup to the next (DAYBOOK_BACKUP_HOURS; default 24).")
    var backupHours: String?

    @Option(help: "How many backups are kept (DAYBOOK_BACKUP_KEEP; default 14).")
    var backupKeep: String?

    @Option(help: "The command that sends e-mail (DAYBOOK_SENDMAIL; default: sendmail in PATH, /usr/sbin or /usr/lib).")
    var sendmail: String?

    @Option(help: "The sender's address of e-mails (DAYBOOK_MAIL_FROM; default daybook@ and this machine's name).")
    var mailFrom: String?

    @Option(
        help: """
            The file with the data key, as a whole path (DAYBOOK_KEY_FILE; default: systemd's credential daybook.key where it \
            gives one, otherwise daybook.key in the data folder).
            """)
    var keyFile: String?

    @Option(
        help: """
            A command that prints the data key, run without a shell: the program's whole path, then its arguments \
            (DAYBOOK_KEY_COMMAND; default: none).
            """)
    var keyCommand: String?

    @Option(
        help: """
            Names, addresses and ranges of inner networks to which webhooks may lead, with commas between \
            (DAYBOOK_ALLOW_INNER_WEBHOOKS; default: none).
            """)
    var allowInnerWebhooks: String?

    @Option(help: "A JSON file with the same settings (DAYBOOK_CONFIG), such as {\"listen\": \"127.0.0.1:8710\"}.")
    var config: String?

    /// Flags first, then the environment, then the file.
    func read(environment: [String: String] = ProcessInfo.processInfo.environment) async throws -> DaybookConfiguration
    {
        let variables = EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "daybook")
        var providers: [any ConfigProvider] = [flags, variables]
        if let path = config ?? environment["DAYBOOK_CONFIG"] { providers.append(try await file(path)) }
        let reader = ConfigReader(providers: providers)
        return try ConfigurationReading(
            reader: reader, home: environment["HOME"], dataHome: environment["XDG_DATA_HOME"],
            credentials: environment["CREDENTIALS_DIRECTORY"]
        ) {
            // What keeps the folder from being read is said when it is opened.
            try? DataFolder(path: $0).hasPeople()
        }
        .configuration()
    }

    private var flags: InMemoryProvider {
        let given: [(AbsoluteConfigKey, String?)] = [
            ("dataDir", dataDir), ("listen", listen), ("publicUrl", publicUrl),
            ("trustedProxies", trustedProxies), ("tlsCertificate", tlsCertificate), ("tlsKey", tlsKey),
            ("intuitEnvironment", intuitEnvironment), ("intuitDiscoveryUrl", intuitDiscoveryUrl),
            ("quickbooksUrl", quickbooksUrl), ("clockUrl", clockUrl), ("logLevel", logLevel),
            ("inFlightHorizon", inFlightHorizon), ("pacing", pacing),
            ("retentionDays", retentionDays), ("backupDir", backupDir), ("backupHours", backupHours),
            ("backupKeep", backupKeep), ("sendmail", sendmail), ("mailFrom", mailFrom),
            ("keyFile", keyFile), ("keyCommand", keyCommand),
            ("allowInnerWebhooks", allowInnerWebhooks),
        ]
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        for (key, text) in given { values[key] = text.map { ConfigValue(.string($0), isSecret: false) } }
        return InMemoryProvider(name: "flags", values: values)
    }

    private func file(_ path: String) async throws -> FileProvider<JSONSnapshot> {
        do {
            let place = InMemoryProvider(values: ["filePath": ConfigValue(.string(path), isSecret: false)])
            return try await FileProvider<JSONSnapshot>(config: ConfigReader(provider: place))
        } catch {
            throw ConfigurationMistakes(list: [
                .init(
                    name: "DAYBOOK_CONFIG", value: path, remedy: "this file can't be read as JSON",
                    example: "/etc/daybook.json")
            ])
        }
    }
}
