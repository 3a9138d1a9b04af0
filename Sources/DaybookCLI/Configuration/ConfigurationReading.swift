// SPDX-License-Identifier: Apache-2.0
import Configuration
import Daybook
import Foundation
import Logging

/// Makes a configuration of settings; all mistakes are noted and thrown together.
struct ConfigurationReading {
    let reader: ConfigReader
    let home: String?
    let dataHome: String?
    /// The folder of systemd's credentials; nil where there are none.
    let credentials: String?
    /// Whether somebody has signed up to a data folder; nil when it can't be known before the folder is opened.
    let hasPeople: @Sendable (_ dataFolder: String) -> Bool?
    /// The mistakes in the settings' sources, then those in the settings.
    private(set) var mistakes: [ConfigurationMistakes.Mistake]

    init(
        reader: ConfigReader, home: String?, dataHome: String?, credentials: String? = nil,
        mistakes: [ConfigurationMistakes.Mistake] = [],
        hasPeople: @escaping @Sendable (String) -> Bool?
    ) {
        self.reader = reader
        self.home = home
        self.dataHome = dataHome
        self.credentials = credentials
        self.mistakes = mistakes
        self.hasPeople = hasPeople
    }

    func configuration() throws -> DaybookConfiguration {
        var reading = self
        return try reading.read()
    }

    private mutating func read() throws -> DaybookConfiguration {
        let dataFolder = dataFolder()
        let listen = listen(dataFolder)
        let environments = environments()
        let clockURL = url("clockUrl", "DAYBOOK_CLOCK_URL", "http://127.0.0.1:8711")
        let isDesk = environments?.all.allSatisfy(\.isOnThisMachine) ?? false
        if let clockURL, !isDesk || !Self.isLoopback(clockURL) {
            note(
                "DAYBOOK_CLOCK_URL", clockURL.absoluteString,
                "a sandbox's clock is taken only when every Intuit address is on this machine too",
                "http://127.0.0.1:8711")
        }
        let level = logLevel()
        let format = logFormat()
        let horizon = horizon(isDesk: isDesk)
        let isPaced = isPaced(isDesk: isDesk)
        let bound = listen.map {
            $0.port == 0 ? ListenAddress(host: $0.host, port: FreePort.pick(host: $0.host) ?? 0) : $0
        }
        let certificate = certificateFiles()
        let publicURL = publicURL(bound)
        let retention = retention()
        let customersYears = customersYears()
        let backups = backups()
        let inbox = inbox(apartFrom: [dataFolder, backups?.folder].compactMap(\.self))
        let quiet = number("inboxQuiet", "DAYBOOK_INBOX_QUIET", 0...3_600, usually: 5)
        let mail = mail()
        let key = key()
        let (webhookHosts, innerWebhooks) = (webhookHosts(), innerWebhooks())
        let trustedProxies = trustedProxies()
        let authenticators = authenticators()
        let passwordList = path("passwordList", "DAYBOOK_PASSWORD_LIST", "/usr/share/john/password.lst")
        let callsPerMinute = callsPerMinute()
        guard mistakes.isEmpty, let dataFolder, let bound, let publicURL, let environments, let quiet else {
            throw ConfigurationMistakes(list: mistakes)
        }
        return DaybookConfiguration(
            dataFolder: dataFolder, listen: bound, publicURL: publicURL, environments: environments, clockURL: clockURL,
            logLevel: level, logFormat: format, inFlightHorizon: horizon, isPaced: isPaced, retention: retention,
            customersYears: customersYears, backups: backups, inbox: inbox, inboxQuiet: .seconds(quiet),
            mail: mail, key: key, webhookHosts: webhookHosts,
            innerWebhooks: innerWebhooks, certificate: certificate,
            trustedProxies: trustedProxies, callsPerMinute: callsPerMinute, passwordList: passwordList,
            authenticators: authenticators)
    }

    mutating func note(_ name: String, _ value: String, _ remedy: String, _ example: String) {
        mistakes.append(.init(name: name, value: value, remedy: remedy, example: example))
    }

    func text(_ key: ConfigKey) -> String? {
        reader.string(forKey: key).flatMap { $0.isEmpty ? nil : $0 }
    }

    private mutating func dataFolder() -> String? {
        if let given = text("dataDir") { return given }
        if let dataHome, !dataHome.isEmpty { return "\(dataHome)/daybook" }
        if let home, !home.isEmpty { return "\(home)/.local/share/daybook" }
        note("DAYBOOK_DATA_DIR", "", "there is no home folder for the data; name a folder", "/var/lib/daybook")
        return nil
    }

    private mutating func listen(_ dataFolder: String?) -> ListenAddress? {
        guard let given = text("listen") else { return .usual }
        guard let address = ListenAddress(given), address.isNumeric else {
            note("DAYBOOK_LISTEN", given, "write an address of this machine and a port", "127.0.0.1:8710")
            return nil
        }
        // Without a data folder that is a mistake of its own.
        if !address.isLoopback, let dataFolder, hasPeople(dataFolder) == false {
            mistakes.append(.tooOpen(address))
            return nil
        }
        return address
    }

    private mutating func publicURL(_ listen: ListenAddress?) -> URL? {
        let name = "DAYBOOK_PUBLIC_URL"
        let isEncrypted = text("tlsCertificate") != nil || text("tlsKey") != nil
        guard let given = text("publicUrl") else {
            return listen.flatMap { URL(string: "\(isEncrypted ? "https" : "http")://localhost:\($0.port)") }
        }
        let trimmed = given.hasSuffix("/") ? String(given.dropLast()) : given
        guard let url = URL(string: trimmed), let scheme = url.scheme, let host = url.host(), url.path().isEmpty,
            ["http", "https"].contains(scheme)
        else {
            note(name, given, "write scheme, host and port without a path", "https://daybook.example.com")
            return nil
        }
        guard scheme == "https" || !isEncrypted else {
            note(name, given, "with a certificate Daybook speaks https alone", "https://\(host)")
            return nil
        }
        // Where Daybook listens on the network without a proxy, a warning is logged at the start.
        let isOpen = listen.map { !$0.isLoopback } ?? false
        guard scheme == "https" || isOpen || Loopback.isLoopback(host: host) else {
            note(name, given, "plain http is for this machine alone; use https", "https://\(host)")
            return nil
        }
        return url
    }

    mutating func url(_ key: ConfigKey, _ name: String, _ example: String) -> URL? {
        guard let given = text(key) else { return nil }
        guard let url = URL(string: given), let scheme = url.scheme, url.host() != nil,
            ["http", "https"].contains(scheme)
        else {
            note(name, given, "write a whole address", example)
            return nil
        }
        return url
    }

    private mutating func logLevel() -> Logger.Level {
        guard let given = text("logLevel") else { return .info }
        guard let level = Logger.Level(rawValue: given.lowercased()) else {
            let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            note("DAYBOOK_LOG_LEVEL", given, "write one of \(levels)", "info")
            return .info
        }
        return level
    }

    private mutating func logFormat() -> LogFormat {
        guard let given = text("logFormat") else { return .lines }
        guard let format = LogFormat(rawValue: given.lowercased()) else {
            note("DAYBOOK_LOG_FORMAT", given, "write lines or json", "json")
            return .lines
        }
        return format
    }

    private mutating func horizon(isDesk: Bool) -> Duration {
        let name = "DAYBOOK_IN_FLIGHT_HORIZON"
        guard let given = text("inFlightHorizon") else { return .seconds(130) }
        guard let seconds = Int(given), (0...3600).contains(seconds) else {
            note(name, given, "write whole seconds, 0 to 3600", "130")
            return .seconds(130)
        }
        if seconds < 130, !isDesk {
            note(
                name, given, "Intuit may book a request up to 120 s later; less is for a sandbox on this machine", "130"
            )
        }
        return .seconds(seconds)
    }

    private mutating func isPaced(isDesk: Bool) -> Bool {
        switch text("pacing") {
        case nil, "on": return true
        case "off":
            if !isDesk {
                note("DAYBOOK_PACING", "off", "Intuit limits requests; off is for a sandbox on this machine", "on")
            }
            return false
        case let other?:
            note("DAYBOOK_PACING", other, "write on or off", "on")
            return true
        }
    }

    private static func isLoopback(_ url: URL) -> Bool { url.host().map(Loopback.isLoopback(host:)) ?? false }
}
