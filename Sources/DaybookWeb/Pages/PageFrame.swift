// SPDX-License-Identifier: Apache-2.0
import Daybook

/// The frame of every page: navigation, the connection's state, what was just done.
struct PageFrame {
    struct NavigationItem {
        let title: String
        let address: String
        let isHere: Bool
    }

    let title: String
    let navigation: [NavigationItem]
    let styleAddress: String
    let scriptAddress: String
    let iconAddress: String
    let formToken: String
    let isConfiguration: Bool
    /// Nil on a page that is shown without asking the storage.
    let connectionName: String?
    let connectionTone: String
    /// Nil while the storage can write.
    let storageTrouble: String?
    /// Why the last backup could not be made, for people who manage backups; nil when it was made.
    let backupTrouble: String?
    let banners: [Banner]
    let flash: FlashView?
    let isDemo: Bool
    let zone: String
    /// Whether the reader may see navigation and connections: false for somebody who has not signed in.
    let isReader: Bool
    let person: PersonView?
    let may: Permissions

    /// Who has signed in.
    struct PersonView {
        let name: String
        let isReader: Bool
        let managesPeople: Bool
        let managesBackups: Bool

        init(_ signedIn: SignInDesk.SignedIn, _ may: Permissions) {
            name = signedIn.person.name.text
            isReader = !signedIn.mustSetUpAuthenticator
            managesPeople = may.managesPeople
            managesBackups = may.managesBackups
        }
    }

    struct FlashView {
        let isGood: Bool
        let message: String
        let details: [String]
        let link: Flash.Link?
    }
}

/// The parts of the site.
enum SitePart {
    case exports, files, accountNumbers, connections, help, configuration

    /// The parts in the navigation; Configuration is beside it, as a gear.
    static let navigation: [SitePart] = [.exports, .files, .accountNumbers, .connections, .help]

    var title: String {
        switch self {
        case .exports: "Export Queue"
        case .files: "Files"
        case .accountNumbers: "Account Numbers"
        case .connections: "Connections"
        case .help: "Help"
        case .configuration: "Configuration"
        }
    }

    var address: String {
        switch self {
        case .exports: "/exports"
        case .files: "/files"
        case .accountNumbers: "/account-numbers"
        case .connections: "/connections"
        case .help: "/help"
        case .configuration: "/configuration"
        }
    }
}
