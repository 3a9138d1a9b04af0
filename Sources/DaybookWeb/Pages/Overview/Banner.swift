// SPDX-License-Identifier: Apache-2.0
import Daybook

/// What everyone must know before anything else: a connection is down or soon will be, and what mends it.
struct Banner {
    let isUrgent: Bool
    /// Whose connection; nil where there is only one.
    let company: String?
    let message: String
    /// How many exports wait for it; nil when none does.
    let waiting: String?
    let connection: Int64
    let offersConnect: Bool
    let offersSettings: Bool
    let offersTest: Bool

    /// For a page without a form's token: its buttons would be refused.
    var withoutForms: Banner {
        Banner(
            isUrgent: isUrgent, company: company, message: message, waiting: waiting, connection: connection,
            offersConnect: false, offersSettings: offersSettings, offersTest: false)
    }
}

extension Banner {
    /// With the buttons that somebody may press.
    func offering(_ may: Permissions) -> Banner {
        Banner(
            isUrgent: isUrgent, company: company, message: message, waiting: waiting, connection: connection,
            offersConnect: offersConnect && may.connects, offersSettings: offersSettings && may.connects,
            offersTest: offersTest && may.tests)
    }
}

extension ConnectionOverview {
    func banners(named: Bool) -> [Banner] {
        // Where posting has stopped, that is said instead of the restored copy.
        let copy =
            postingStop.map { said($0.explanation, named, isUrgent: true) }
            ?? restoredCopy.map { said($0.explanation(), named, isUrgent: false) }
        guard status != .notConnected || connection.trouble != nil else {
            return isNeeded ? [notConnected(named)] + [copy].compactMap(\.self) : []
        }
        let trouble = connection.trouble.map { self.trouble($0, named) }
        let unanswered = unansweredPosting.map { said($0.explanation, named, isUrgent: false) }
        return [trouble, unanswered, copy].compactMap(\.self) + warnings.compactMap { self.warning($0, named) }
    }

    /// A banner without a button.
    private func said(_ message: String, _ named: Bool, isUrgent: Bool) -> Banner {
        Banner(
            isUrgent: isUrgent, company: named ? title : nil, message: message, waiting: nil, connection: id.value,
            offersConnect: false, offersSettings: false, offersTest: false)
    }

    private func trouble(_ trouble: ConnectionTrouble, _ named: Bool) -> Banner {
        banner(
            trouble.explanation, named, isUrgent: trouble.needsConsent,
            connect: trouble.needsConsent || [.accessRefused, .requestRefused].contains(trouble.cause),
            settings: trouble.needsConsent || [.clientRefused, .appRefused].contains(trouble.cause),
            test: trouble.isEnded(by: .writing))
    }

    /// While Intuit can't be reached, a clock that runs out has a banner beside that of the outage.
    private func warning(_ warning: ConnectionWarning, _ named: Bool) -> Banner? {
        switch warning {
        case .hard(let days), .idle(let days): banner(warning.explanation, named, isUrgent: days <= 1, connect: true)
        case .secondCopy: banner(warning.explanation, named, connect: true)
        case .notRefreshed: banner(warning.explanation, named, test: true)
        // The queue itself shows them.
        case .trouble, .exportsInError: nil
        }
    }

    /// How many exports wait for the connection, as a sentence; nil when none does.
    var waitingWords: String? {
        waiting == 0 ? nil : "\(counted(waiting, "export")) \(waiting == 1 ? "waits" : "wait") for it."
    }

    private func notConnected(_ named: Bool) -> Banner {
        let waits = "Transactions are taken and wait for the connection."
        let message =
            hasKeys
            ? "Daybook is not connected to QuickBooks Online. \(waits)"
            : "Daybook is not connected to QuickBooks Online yet. Enter your app's keys under Settings first."
        return banner(message, named, connect: hasKeys, settings: true)
    }

    private func banner(
        _ message: String, _ named: Bool, isUrgent: Bool = false, connect: Bool = false, settings: Bool = false,
        test: Bool = false
    ) -> Banner {
        Banner(
            isUrgent: isUrgent, company: named ? title : nil, message: message,
            waiting: waitingWords,
            connection: id.value, offersConnect: connect && hasKeys, offersSettings: settings, offersTest: test)
    }
}
