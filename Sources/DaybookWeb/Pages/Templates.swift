// SPDX-License-Identifier: Apache-2.0
import Mustache

/// The pages' templates, embedded in the program.
enum Template: String, CaseIterable {
    case layout
    case exports
    case exportRow = "export_row"
    case export
    case numbers
    case files
    case file
    case accountNames = "account_names"
    case accountCheck = "account_check"
    case accountTable = "account_table"
    case settings
    case connections
    case connection
    case history
    case test
    case confirmation
    case landing
    case configuration
    case configurationEntry = "configuration_entry"
    case notifications
    case setUpIntuit = "set_up_intuit"
    case notes
    case clock
    case leaving
    case elsewhere
    case help
    case failure
    case signIn = "sign_in"
    case signInAgain = "sign_in_again"
    case link
    case account
    case authenticator
    case recoveryCodes = "recovery_codes"
    case people
    case place
    case keys
    case audit
    case customers
    case backups
    case restore
    case restarting

    private var bytes: [UInt8] {
        switch self {
        case .layout: PackageResources.layout_mustache
        case .exports: PackageResources.exports_mustache
        case .exportRow: PackageResources.export_row_mustache
        case .export: PackageResources.export_mustache
        case .numbers: PackageResources.numbers_mustache
        case .files: PackageResources.files_mustache
        case .file: PackageResources.file_mustache
        case .accountNames: PackageResources.account_names_mustache
        case .accountCheck: PackageResources.account_check_mustache
        case .accountTable: PackageResources.account_table_mustache
        case .settings: PackageResources.settings_mustache
        case .connections: PackageResources.connections_mustache
        case .connection: PackageResources.connection_mustache
        case .history: PackageResources.history_mustache
        case .test: PackageResources.test_mustache
        case .confirmation: PackageResources.confirmation_mustache
        case .landing: PackageResources.landing_mustache
        case .configuration: PackageResources.configuration_mustache
        case .configurationEntry: PackageResources.configuration_entry_mustache
        case .notifications: PackageResources.notifications_mustache
        case .setUpIntuit: PackageResources.set_up_intuit_mustache
        case .notes: PackageResources.notes_mustache
        case .clock: PackageResources.clock_mustache
        case .leaving: PackageResources.leaving_mustache
        case .elsewhere: PackageResources.elsewhere_mustache
        case .help: PackageResources.help_mustache
        case .failure: PackageResources.failure_mustache
        case .signIn: PackageResources.sign_in_mustache
        case .signInAgain: PackageResources.sign_in_again_mustache
        case .link: PackageResources.link_mustache
        case .account: PackageResources.account_mustache
        case .authenticator: PackageResources.authenticator_mustache
        case .recoveryCodes: PackageResources.recovery_codes_mustache
        case .people: PackageResources.people_mustache
        case .place: PackageResources.place_mustache
        case .keys: PackageResources.keys_mustache
        case .audit: PackageResources.audit_mustache
        case .customers: PackageResources.customers_mustache
        case .backups: PackageResources.backups_mustache
        case .restore: PackageResources.restore_mustache
        case .restarting: PackageResources.restarting_mustache
        }
    }

    /// All of them, parsed once.
    ///
    /// Every test that opens a page parses them, so none with a mistake is released.
    static let library: MustacheLibrary = {
        var library = MustacheLibrary()
        for template in allCases {
            do {
                try library.register(String(decoding: template.bytes, as: UTF8.self), named: template.rawValue)
            } catch {
                preconditionFailure("template \(template.rawValue): \(error)")
            }
        }
        return library
    }()
}
