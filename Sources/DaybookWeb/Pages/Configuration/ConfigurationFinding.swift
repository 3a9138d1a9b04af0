// SPDX-License-Identifier: Apache-2.0
import Daybook

/// Finds a page of Configuration by the words on it, and by other words that people use for what it sets.
struct ConfigurationFinding: Sendable {
    /// A page, or a part of one, with its words.
    struct Place: Sendable {
        let title: String
        let path: String
        let address: String
        fileprivate let words: String

        init(_ title: String, _ path: String, _ address: String, _ words: String) {
            self.title = title
            self.path = path
            self.address = address
            self.words = words
        }
    }

    let places: [Place]
    /// Whether the places have every word that was typed; otherwise they have only some of them.
    let isWhole: Bool

    init(_ text: String) {
        let words = Self.words(of: text).filter { !Self.fillers.contains($0) }
        let scored = Self.all.map { place in
            // People who look for the gear look for Configuration.
            let known = Self.words(of: "gear Configuration \(place.title) \(place.path) \(place.words)")
            return (place, words.count { word in known.contains { $0.hasPrefix(word) } })
        }
        let whole = scored.filter { $0.1 == words.count }.map(\.0)
        isWhole = !whole.isEmpty
        let best = scored.map(\.1).max() ?? 0
        places = words.isEmpty ? [] : isWhole ? whole : best == 0 ? [] : scored.filter { $0.1 == best }.map(\.0)
    }

    private static let fillers: Set<String> = ["a", "an", "the", "to", "in", "of", "for", "under", "and", "my", "is"]

    /// Lower case, without marks, so that `api quickbooks` finds `API – QuickBooks Online`.
    private static func words(of text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    private static let accounting = "Core Options › App Configuration › Accounting Configuration"

    /// What the fields of the page Account Numbers are called, with their sections.
    private static let roles = AccountRole.Kind.allCases.map { "\($0.name) \($0.section.rawValue)" }
        .joined(separator: " ")

    private static let all = [
        Place(
            "Settings", "\(accounting) › Account Numbers › Miscellaneous", "/account-numbers/settings",
            """
            enter new refresh token Client ID Client Secret Realm ID OK Cancel window API QuickBooks Online OAuth paste \
            keys credentials integration restore restored
            """),
        Place(
            "Export format", "\(accounting) › Account Numbers › Miscellaneous", "/account-numbers#miscellaneous",
            "API QuickBooks Online QBO Intacct Xero Sage IIF CSV Peachtree TXT AccountMate export mode Settings"),
        Place(
            "Account Numbers", accounting, "/account-numbers",
            """
            log in to store 1 store switch chart of accounts general ledger GL Miscellaneous class location accounting \
            number standard rental numbers narrow a role equipment category tax taxes jurisdiction state county city card \
            brand amex visa checks prepayment \(roles)
            """),
        Place(
            "Stores", "\(accounting) › Account Numbers", "/account-numbers#stores",
            "add a store log in store 1 defaults number name class location branch shop"),
        Place(
            "Accounting Export Queue", accounting, "/exports",
            """
            reset for export transactions Error status Pending Exporting Checking Exported On hold Release waiting for \
            connection retry resend search failed
            """),
        Place(
            "Connections", "QuickBooks Online", "/connections",
            """
            Connect to QuickBooks reconnect disconnect Test connection connection history company companies Realm ID \
            refresh token expired broken clock idle hard limit integration restore environment production sandbox
            """),
        Place(
            "Connect another company", "QuickBooks Online", "/connections/new",
            "connect as a new company second company Client ID Client Secret refresh token Realm ID"),
        Place(
            "Set up Intuit", "QuickBooks Online", "/set-up-intuit",
            """
            OAuth 2.0 developer portal sign in Terms of Service company data My Hub Playground workspace select app \
            Production App Client ID Client Secret scope com.intuit.quickbooks.accounting Get authorization code Realm \
            ID Get tokens Step 4 refresh token redirect URI Launch URL Disconnect URL Reconnect URL https host
            """),
        Place(
            "Notifications", "Configuration", NotificationPages.address,
            """
            e-mail email emails mail address webhook signing secret warning warnings notifier notify alert alerts told \
            send a test delivery log
            """),
        Place(
            "Backups", "Configuration", BackupPages.address,
            "back up now backup copy of the data download restore a backup schedule retention daybook.key disk"),
        Place("Help", "Help", "/help", "posting has stopped statuses questions first time connecting"),
    ]
}
