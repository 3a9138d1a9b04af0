// SPDX-License-Identifier: Apache-2.0

/// The sections of Configuration, nested as people know them from their rental system.
struct ConfigurationSection: Sendable {
    let title: String
    let address: String
    let hint: String
    let sections: [ConfigurationSection]

    init(_ title: String, _ address: String, _ hint: String, _ sections: [ConfigurationSection] = []) {
        self.title = title
        self.address = address
        self.hint = hint
        self.sections = sections
    }

    static let root = "/configuration"
    private static let core = root + "/core-options"
    private static let app = core + "/app-configuration"
    private static let accounting = app + "/accounting-configuration"

    static let all = ConfigurationSection(
        "Configuration", root, "All settings, by section.",
        [
            ConfigurationSection(
                "Core Options", core, "What the business is and where its books are.",
                [
                    ConfigurationSection(
                        "App Configuration", app, "How transactions reach the books.",
                        [
                            ConfigurationSection(
                                "Accounting Configuration", accounting, "Account numbers and the export queue.",
                                accountingPages)
                        ]
                    )
                ]),
            ConfigurationSection(
                "QuickBooks Online", root + "/quickbooks-online", "The connections to your companies.", ledgerPages),
            ConfigurationSection(
                "Notifications", NotificationPages.address, "Who is told when a connection needs a person."),
            ConfigurationSection(
                "Backups", BackupPages.address, "Copies of Daybook's data: make, download and restore one."),
        ])

    private static let accountingPages = [
        ConfigurationSection(
            "Account Numbers", "/account-numbers",
            "Which account each kind of money goes to; Miscellaneous with the export format and its Settings."),
        ConfigurationSection(
            "Accounting Export Queue", "/exports", "What was sent, what waits, what is in Error; Reset for export."),
    ]

    private static let ledgerPages = [
        ConfigurationSection(
            "Connections", "/connections",
            "Each company, and when its connection ends; connect, test, disconnect, history."),
        ConfigurationSection(
            "Set up Intuit", "/set-up-intuit",
            "What to enter at developer.intuit.com, step by step, and the Playground."),
        ConfigurationSection(
            "Connect another company", "/connections/new", "For stores that post to one more company."),
    ]

    /// The sections from the root down to an address; nil when it is none of Configuration's own pages.
    static func path(to address: String) -> [ConfigurationSection]? { all.path(to: address) }

    private func path(to wanted: String) -> [ConfigurationSection]? {
        if address == wanted { return [self] }
        for section in sections {
            if let rest = section.path(to: wanted) { return [self] + rest }
        }
        return nil
    }

    /// The sections that have sections of their own, and so a page that lists them.
    var indexes: [ConfigurationSection] { sections.isEmpty ? [] : [self] + sections.flatMap(\.indexes) }
}
