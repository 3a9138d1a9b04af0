// SPDX-License-Identifier: Apache-2.0
import DaybookWeb
import Foundation

/// How the commands print a connection.
extension ConnectionResponse {
    var line: String {
        let name = company.map { "\($0.name) (Realm ID \($0.realmId))" } ?? "no company yet"
        let stores = stores.isEmpty ? "" : "  stores \(stores.map(String.init).joined(separator: ", "))"
        let clocks = idleClock.map { "  idle \($0.words), hard \(hardClock?.words ?? "limit not known")" } ?? ""
        return "\(id)  \(status)  \(app?.environment ?? "no app yet")  \(name)\(stores)\(clocks)"
    }

    var lines: [String] {
        var lines = [line]
        if let app { lines.append("App: Client ID \(app.clientId) (\(app.environment))") }
        if let refreshedAt { lines.append("Refreshed: \(Self.text(refreshedAt))") }
        lines += clockLines
        if waiting > 0 { lines.append("Waiting for connection: \(waiting) exports") }
        if inError > 0 { lines.append("In Error: \(inError) exports") }
        if let toConfirm {
            lines.append("Waits to be confirmed: \(toConfirm.name) (Realm ID \(toConfirm.realmId))")
        }
        lines += obstacles + warnings.filter { $0.about != "trouble" }.map { "Warning: \($0.explanation)" }
        return lines + [refreshes.line]
    }

    /// What keeps documents from going out, or has them looked up first.
    var obstacles: [String] {
        var lines: [String] = []
        if let trouble {
            let trace = trouble.intuitTid.map { "  intuit_tid \($0)" } ?? ""
            lines.append("Since \(Self.text(trouble.since)): \(trouble.explanation)\(trace)")
        }
        if let unansweredPosting {
            lines.append("Since \(Self.text(unansweredPosting.since)): \(unansweredPosting.explanation)")
        }
        if let postingStop { lines.append("Since \(Self.text(postingStop.since)): \(postingStop.explanation)") }
        if let restoredCopy { lines.append(restoredCopy.explanation) }
        return lines
    }

    private var clockLines: [String] {
        guard let idleClock else { return [] }
        let idle = "Idle clock: \(idleClock.sentence); every use starts it again"
        guard let hardClock else {
            return [idle, "Hard limit: Intuit has not said when; at most five years after connecting"]
        }
        return [idle, "Hard limit: \(hardClock.sentence); a new consent starts it again"]
    }

    static func text(_ date: Date) -> String { date.formatted(.iso8601) }
}

extension ConnectionResponse.Clock {
    /// How long it has left, and when it ends.
    var sentence: String { "\(words), \(secondsLeft > 0 ? "until" : "on") \(ConnectionResponse.text(endsAt))" }

    /// How long it has left, and the warning that is reached.
    var words: String {
        guard secondsLeft > 0 else { return "has run out" }
        let days = daysLeft == 0 ? "less than a day left" : "\(daysLeft) \(daysLeft == 1 ? "day" : "days") left"
        return warningLevel.map { "\(days) (warning at \($0))" } ?? days
    }
}

extension ConnectionResponse.Note {
    var line: String {
        let trace = intuitTid.map { "  intuit_tid \($0)" } ?? ""
        return "\(ConnectionResponse.text(at))  \(kind)  \(text)  (\(by))\(trace)"
    }
}

extension ConnectionResponse.Refreshes {
    var line: String {
        guard attempts > 0 else { return "No refresh in the last \(days) days." }
        return "\(successes) of \(attempts) refreshes succeeded in the last \(days) days."
    }
}

extension ConnectionTestResponse {
    var lines: [String] {
        var lines = ["\(company.name) (Realm ID \(company.realmId))"]
        lines.append("Subscription: \(subscriptionWords)")
        lines.append("Currency: \(homeCurrency)")
        lines.append("Books closed through: \(closedThrough ?? "never closed")")
        if usesAccountNumbers == false {
            lines.append(
                "Account numbers off; turn them on in QuickBooks under Account and settings › Advanced › Chart of accounts."
            )
        }
        lines.append("Classes \(tracksClasses ? "on" : "off"), locations \(tracksLocations ? "on" : "off")")
        lines += numberLines + otherProblems
        lines += [trial?.message, obstacle].compactMap(\.self)
        return lines + (questions ?? []) + [verdict]
    }

    private var verdict: String {
        guard good else { return "Something is wrong." }
        let open = questions?.count ?? 0
        if open > 0 { return "Everything can be posted; \(open) \(open == 1 ? "question" : "questions") to answer." }
        return numbers.isEmpty ? "The connection works. No account is chosen yet." : "All is well."
    }

    private var subscriptionWords: String {
        let name = "\(subscription ?? "not known")\(plan.map { ", \($0)" } ?? "")"
        return mayWrite == false ? "\(name): it only reads; renew it at Intuit" : name
    }

    /// How many there are, and each of them with its problem.
    private var numberLines: [String] {
        guard !numbers.isEmpty else { return ["Accounts in use: none"] }
        let wrong = numbers.count { $0.problem != nil }
        let verdict = wrong == 0 ? "all in order" : "\(wrong) with a problem"
        return ["Accounts in use: \(numbers.count), \(verdict)"] + numbers.map(\.line)
    }

    /// What is wrong with the stores; a number's problem is in the number's own line.
    private var otherProblems: [String] {
        let told = Set(numbers.compactMap(\.problem))
        return problems.filter { !told.contains($0) }
    }
}

extension ConnectionTestResponse.Number {
    var line: String { "  store \(store)  \(role)  \(account ?? number ?? "")\(problem.map { ": \($0)" } ?? "")" }
}
