// SPDX-License-Identifier: Apache-2.0
import Daybook

/// What stands around every page: navigation, the connection's state, what was just done.
struct PageFrame {
    struct NavigationItem {
        let title: String
        let address: String
        let isHere: Bool
    }

    /// What everyone must know before anything else: the connection is down, and what mends it.
    struct Banner {
        let isUrgent: Bool
        let message: String
        let offersConnect: Bool
        let offersSettings: Bool
    }

    let title: String
    let navigation: [NavigationItem]
    let styleAddress: String
    let scriptAddress: String
    let iconAddress: String
    let formToken: String
    let connectionName: String
    let connectionTone: String
    let banner: Banner?
    let flash: FlashView?
    let isDemo: Bool
    let zone: String

    struct FlashView {
        let isGood: Bool
        let message: String
        let details: [String]
    }
}

/// The parts of the site, as the navigation shows them.
enum SitePart: CaseIterable {
    case exports, accountNumbers, connection, help

    var title: String {
        switch self {
        case .exports: "Export Queue"
        case .accountNumbers: "Account Numbers"
        case .connection: "Connection"
        case .help: "Help"
        }
    }

    var address: String {
        switch self {
        case .exports: "/exports"
        case .accountNumbers: "/account-numbers"
        case .connection: "/connection"
        case .help: "/help"
        }
    }
}
