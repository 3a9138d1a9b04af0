// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Configuration

/// What `daybook serve` does, and how it is reached.
struct ServerOptions: ParsableArguments {
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
            Who has to set up an authenticator app before anything else: administrators or everybody \
            (DAYBOOK_REQUIRE_AUTHENTICATOR; default administrators).
            """)
    var requireAuthenticator: String?

    @Option(
        help: """
            A file with a password in each line, as a whole path: none of them is taken as a new password \
            (DAYBOOK_PASSWORD_LIST; default: the one of Debian's package python3-zxcvbn).
            """)
    var passwordList: String?

    @Option(
        help: """
            How many calls a key or a person may make in a minute, or off; an address may make twice as many \
            (DAYBOOK_CALLS_PER_MINUTE; default 6000).
            """)
    var callsPerMinute: String?

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

    @Option(help: "How the log is written: lines, or json, an object in each line (DAYBOOK_LOG_FORMAT; default lines).")
    var logFormat: String?

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
        help: """
            After how many years without a transaction `daybook serve` anonymizes a customer, or never \
            (DAYBOOK_CUSTOMERS_YEARS; default never).
            """)
    var customersYears: String?

    @Option(
        help: "Where `daybook serve` puts backups of its database, as a whole path (DAYBOOK_BACKUP_DIR; default: none)."
    )
    var backupDir: String?

    @Option(help: "Hours from one backup to the next (DAYBOOK_BACKUP_HOURS; default 24).")
    var backupHours: String?

    @Option(help: "How many backups are kept (DAYBOOK_BACKUP_KEEP; default 14).")
    var backupKeep: String?

    @Option(
        help: """
            A folder whose files `daybook serve` takes, as a whole path; each is moved to taken/ or refused/ in it \
            (DAYBOOK_INBOX; default: none).
            """)
    var inbox: String?

    @Option(
        help: """
            For how many seconds nothing is written to a complete file of the inbox, 0 to 3600 (DAYBOOK_INBOX_QUIET; \
            default 5).
            """)
    var inboxQuiet: String?

    @Option(help: "The command that sends e-mail (DAYBOOK_SENDMAIL; default: sendmail in PATH, /usr/sbin or /usr/lib).")
    var sendmail: String?

    @Option(help: "The sender's address of e-mails (DAYBOOK_MAIL_FROM; default daybook@ and this machine's name).")
    var mailFrom: String?

    @Option(
        help: """
            Hosts to which webhooks may lead, and no others, with commas between; *.example.com stands for every name \
            under example.com (DAYBOOK_WEBHOOK_HOSTS; default: all).
            """)
    var webhookHosts: String?

    @Option(
        help: """
            Names, addresses and ranges of inner networks to which webhooks may lead, with commas between \
            (DAYBOOK_ALLOW_INNER_WEBHOOKS; default: none).
            """)
    var allowInnerWebhooks: String?

    /// What was given, by the settings' names.
    var given: [(AbsoluteConfigKey, String?)] {
        [
            ("listen", listen), ("publicUrl", publicUrl), ("trustedProxies", trustedProxies),
            ("requireAuthenticator", requireAuthenticator), ("callsPerMinute", callsPerMinute),
            ("passwordList", passwordList),
            ("tlsCertificate", tlsCertificate), ("tlsKey", tlsKey), ("intuitEnvironment", intuitEnvironment),
            ("intuitDiscoveryUrl", intuitDiscoveryUrl), ("quickbooksUrl", quickbooksUrl), ("clockUrl", clockUrl),
            ("logLevel", logLevel), ("logFormat", logFormat), ("inFlightHorizon", inFlightHorizon),
            ("pacing", pacing), ("retentionDays", retentionDays), ("customersYears", customersYears),
            ("backupDir", backupDir),
            ("backupHours", backupHours), ("backupKeep", backupKeep), ("inbox", inbox), ("inboxQuiet", inboxQuiet),
            ("sendmail", sendmail),
            ("mailFrom", mailFrom),
            ("webhookHosts", webhookHosts), ("allowInnerWebhooks", allowInnerWebhooks),
        ]
    }
}
