// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// The connection with its two clocks and its history.
struct ConnectionView {
    struct ClockView {
        let name: String
        let meaning: String
        let until: String
        let remaining: String
        let tone: String
    }

    struct NoteView {
        let time: String
        let what: String
        let by: String
        let trace: String?
    }

    let statusTitle: String
    let statusTone: String
    let companyName: String?
    let realmID: String?
    let lastRefresh: String?
    let troubleSince: String?
    let clocks: [ClockView]
    let history: [NoteView]
    let hasHistory: Bool
    let isConnected: Bool
    let hasKeys: Bool
    let connectLabel: String

    init(_ state: ConnectionState, history: [ConnectionNote], now: Date, shown: ShownText) {
        let connection = state.connection
        statusTitle =
            switch state.status {
            case .connected: connection?.trouble == nil ? "Connected" : "Connected, but not usable just now"
            case .notConnected: "Not connected"
            case .broken: "Broken"
            }
        statusTone = state.tone
        companyName = connection?.company?.name
        realmID = connection?.company?.realmID
        lastRefresh = connection?.grant.map { shown.time($0.refreshedAt) }
        troubleSince = connection?.trouble.map { shown.time($0.since) }
        clocks = connection?.grant.map { Self.clocks($0, now: now, shown: shown) } ?? []
        self.history = history.map { NoteView(time: shown.time($0.at), what: $0.text, by: $0.by, trace: $0.intuitTID) }
        hasHistory = !history.isEmpty
        isConnected = connection?.grant != nil
        hasKeys = state.hasKeys
        connectLabel = connection?.grant == nil ? "Connect to QuickBooks" : "Connect to QuickBooks again"
    }

    private static func clocks(_ grant: Grant, now: Date, shown: ShownText) -> [ClockView] {
        let idle = clock(
            "Idle clock", "Starts again with every use; Daybook uses the connection daily.", grant.idleExpiresAt,
            warnAt: 14, now, shown)
        guard let hard = grant.hardExpiresAt else { return [idle] }
        let consent = clock(
            "Hard limit", "Then QuickBooks asks for a new consent, whatever anybody does.", hard, warnAt: 90, now, shown
        )
        return [idle, consent]
    }

    private static func clock(
        _ name: String, _ meaning: String, _ until: Date, warnAt: Int, _ now: Date, _ shown: ShownText
    ) -> ClockView {
        let days = Int((until.timeIntervalSince(now) / 86_400).rounded(.down))
        let remaining =
            until <= now ? "has run out" : days == 0 ? "less than a day left" : "\(counted(days, "day")) left"
        return ClockView(
            name: name, meaning: meaning, until: shown.day(until), remaining: remaining,
            tone: until <= now ? "bad" : days <= warnAt ? "warn" : "good")
    }
}
