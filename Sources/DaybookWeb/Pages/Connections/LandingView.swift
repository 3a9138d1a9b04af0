// SPDX-License-Identifier: Apache-2.0
import Daybook

enum Landing {
    /// Somebody pressed Reconnect at Intuit.
    case reconnect
    /// Somebody disconnected Daybook in QuickBooks.
    case disconnected
}

/// The page for a person whom Intuit sent here, with the button.
struct LandingView {
    let heading: String
    let message: String
    let advice: String
    let company: String?
    /// The connection to mend; nil when the company isn't known here, or needs none.
    let connection: Int64?
    let connectLabel: String
    /// The connections that a button would mend, where Intuit's link names no company.
    let choices: [Choice]
    let waiting: String?

    struct Choice {
        let connection: Int64
        let label: String
    }

    init(_ landing: Landing, _ overview: ConnectionOverview?, realmID: String?, waiting overviews: ConnectionOverviews)
    {
        company = overview?.title
        connection = overview.flatMap { $0.hasKeys ? $0.id.value : nil }
        waiting = overview.flatMap(\.waitingWords)
        switch landing {
        case .reconnect: heading = "Reconnect to QuickBooks"
        case .disconnected: heading = "Disconnected in QuickBooks"
        }
        guard let overview else {
            connectLabel = ""
            choices = landing == .reconnect && realmID == nil ? Self.choices(overviews) : []
            message = Self.unknown(realmID)
            advice =
                choices.isEmpty
                ? "See under Connections whether all is well, or connect the company there."
                : "Press the button, sign in and choose the company. What waits goes out by itself."
            return
        }
        choices = []
        let works = overview.status == .connected && overview.connection.trouble == nil
        connectLabel = works ? "Connect to QuickBooks again" : "Connect to QuickBooks"
        (message, advice) = Self.words(landing, overview.title, works: works)
    }

    /// Every connection that a consent mends; where there is only one connection, that one.
    private static func choices(_ overviews: ConnectionOverviews) -> [Choice] {
        let candidates = overviews.all.filter { $0.hasKeys && $0.connection.company != nil }
        return candidates.filter { candidates.count == 1 || $0.connection.trouble?.needsConsent == true }
            .map { Choice(connection: $0.id.value, label: "Connect \($0.title) to QuickBooks") }
    }

    private static func words(_ landing: Landing, _ company: String, works: Bool) -> (String, String) {
        switch (landing, works) {
        case (.reconnect, true):
            (
                "The connection to \(company) works, as far as Daybook knows.",
                "Press the button if you want to consent anew; nothing is interrupted."
            )
        case (.reconnect, false):
            (
                "The connection to \(company) is down.",
                "Press the button, sign in, choose \(company). What waited goes out by itself; nothing needs a reset."
            )
        case (.disconnected, true):
            (
                "Intuit says that Daybook was disconnected from \(company).",
                """
                Daybook finds out by itself with its next call, at the latest with the daily refresh. Transactions \
                are still taken and wait. If it was a mistake, press the button and choose \(company).
                """
            )
        case (.disconnected, false):
            (
                "Daybook is no longer connected to \(company).",
                """
                Transactions are still taken and wait for the connection; none is lost. If it was a mistake, press \
                the button and choose \(company).
                """
            )
        }
    }

    private static func unknown(_ realmID: String?) -> String {
        // Anybody can write a link, so only digits of it are shown.
        guard let realmID, (1...20).contains(realmID.count), realmID.utf8.allSatisfy({ (48...57).contains($0) })
        else { return "Intuit's link does not say which company it is about." }
        return "The company with the Realm ID \(realmID) is not connected with this Daybook."
    }
}
