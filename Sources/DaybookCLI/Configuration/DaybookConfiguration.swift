// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookNotifiers
import DaybookWeb
import Foundation
import Logging

/// All of Daybook's settings, checked together.
struct DaybookConfiguration: Sendable {
    let dataFolder: String
    let listen: ListenAddress
    /// The address people use; Intuit sends the browser back to it.
    let publicURL: URL
    let environments: Environments
    /// Wall time from the sandbox's clock instead of this machine's; demo and tests only.
    let clockURL: URL?
    let logLevel: Logger.Level
    let logFormat: LogFormat
    let inFlightHorizon: Duration
    /// Intuit's request limits are kept; switched off only against a sandbox without throttles.
    let isPaced: Bool
    /// How long bodies of envelopes and old notes are kept; nil: for ever.
    let retention: Duration?
    /// After how many years without a transaction a customer is anonymized; nil: never.
    let customersYears: Int?
    /// The backups that `serve` makes by itself; nil: none.
    let backups: BackupSchedule?
    /// The folder whose files `serve` takes; nil: none.
    let inbox: String?
    /// For how long nothing is written to a complete file of the inbox.
    let inboxQuiet: Duration
    /// How e-mails leave this machine.
    let mail: MailSystem
    /// Where the data key comes from.
    let key: KeySetting
    /// The hosts to which webhooks may lead; nil for all.
    let webhookHosts: WebhookHosts?
    /// The inner addresses to which webhooks may lead.
    let innerWebhooks: InnerWebhooks
    /// What `serve` encrypts connections with; nil where it speaks plain HTTP.
    let certificate: CertificateFiles?
    /// The proxies that are believed when they say from which address a request came.
    let trustedProxies: TrustedProxies
    /// How many calls a key or a person may make in a minute; nil for any number.
    let callsPerMinute: Int?
    /// The file with passwords that are refused; nil for none.
    let passwordList: String?
    /// Who must have an authenticator app.
    let authenticators: AuthenticatorDuty

    var redirectURI: String { "\(publicURL.absoluteString)/connection/callback" }
}

/// Every mistake of the configuration at once.
struct ConfigurationMistakes: Error, CustomStringConvertible, Equatable {
    struct Mistake: Equatable {
        let name: String
        let value: String
        let remedy: String
        let example: String
    }

    let list: [Mistake]

    var description: String {
        let lines = list.map { mistake in
            let said = mistake.value.isEmpty ? "is missing" : "is “\(mistake.value)”"
            return "  \(mistake.name) \(said): \(mistake.remedy). Example: \(mistake.name)=\(mistake.example)"
        }
        return "The configuration has \(list.count == 1 ? "a mistake" : "\(list.count) mistakes"):\n"
            + lines.joined(separator: "\n")
    }
}
