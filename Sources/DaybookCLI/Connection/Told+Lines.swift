// SPDX-License-Identifier: Apache-2.0
import Foundation

/// How the commands print what they were told.
extension ToldConnection {
    var line: String {
        let name = company.map { "\($0.name) (Realm ID \($0.realmId))" } ?? "no company yet"
        let stores = stores.isEmpty ? "" : "  stores \(stores.map(String.init).joined(separator: ", "))"
        return "\(id)  \(status)  \(app?.environment ?? "no app yet")  \(name)\(stores)"
    }

    var lines: [String] {
        var lines = [line]
        if let app { lines.append("App: Client ID \(app.clientId) (\(app.environment))") }
        if let refreshedAt { lines.append("Refreshed: \(Self.text(refreshedAt))") }
        if let idleExpiresAt { lines.append("Without use it ends: \(Self.text(idleExpiresAt))") }
        if let hardExpiresAt { lines.append("A new consent is needed by: \(Self.text(hardExpiresAt))") }
        if let toConfirm {
            lines.append("Waits to be confirmed: \(toConfirm.name) (Realm ID \(toConfirm.realmId))")
        }
        if let trouble { lines.append("Since \(Self.text(trouble.since)): \(trouble.explanation)") }
        return lines + [refreshes.line]
    }

    static func text(_ date: Date) -> String { date.formatted(.iso8601) }
}

extension ToldConnection.Note {
    var line: String {
        let trace = intuitTid.map { "  intuit_tid \($0)" } ?? ""
        return "\(ToldConnection.text(at))  \(kind)  \(text)  (\(by))\(trace)"
    }
}

extension ToldConnection.Refreshes {
    var line: String {
        guard attempts > 0 else { return "No refresh in the last \(days) days." }
        return "\(successes) of \(attempts) refreshes succeeded in the last \(days) days."
    }
}

extension ToldReport {
    var lines: [String] {
        var lines = ["\(company.name) (Realm ID \(company.realmId))"]
        lines.append("Subscription: \(subscription ?? "not told")\(plan.map { ", \($0)" } ?? "")")
        lines.append("Currency: \(homeCurrency)")
        lines.append("Books closed through: \(closedThrough ?? "never closed")")
        lines.append("Classes \(tracksClasses ? "on" : "off"), locations \(tracksLocations ? "on" : "off")")
        lines += problems
        if let trial { lines.append(trial.message) }
        return lines + [good ? "All is well." : "Not all is well."]
    }
}
