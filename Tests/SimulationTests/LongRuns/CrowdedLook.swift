// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import IntuitSandbox
import QuickBooks

/// A look by marker through a crowd of other people's entries, with three of its pages throttled and a stop in the middle,
/// while another company posts.
final class CrowdedLook {
    struct Result: Sendable {
        let seed: UInt64
        var pages = 0
        var isSettled = false
        var wasStopped = false
        /// The most documents of the crowd that the look kept in the database.
        var mostKept = 0
        /// Bytes by which the process grew, from the tenth page to the last.
        var growth = 0
        /// The most calls of the looking company that went before one of the other's that was due.
        var mostBetween = 0
        /// Batches that the other company posted while the look went on.
        var postedMeanwhile = 0
        var envelopes = 0
        /// Journal entries in QuickBooks more than there should be.
        var surplus = 0
    }

    private let seed: UInt64
    private let entries: Int
    private let companies: Companies
    private var looking = Connection.ID.first
    private var posting = Connection.ID.first
    private var result: Result
    private var memory: Memory?
    private var isThrottled = false
    private var isStopped = false
    private var postingSince: Date?
    private var lookEnded: Date?

    private static let ours = 30
    private static let others = 240

    init(seed: UInt64, entries: Int) throws {
        self.seed = seed
        self.entries = entries
        companies = try Companies(seed: seed, usesFile: true)
        result = Result(seed: seed)
    }

    func live() async throws -> Result {
        (looking, posting) = try await companies.connectBoth()
        try await companies.desk.books.save(try World.books(), by: .command("pat"))
        guard let two = StoreNumber(2) else { throw WorldIsStuck("no store 2") }
        _ = try await companies.desk.books.assign(two, to: posting, by: .command("pat"))
        let before = booked
        try await take(atStoreTwo: false, count: Self.ours)
        companies.sandbox.nextMishap(.answerDroppedAfterCommit, route: .batch)
        while try await count(.checking) == 0 {
            if case .at(let moment) = try await companies.exporter.step(looking) { advance(to: moment) }
        }
        try await crowd()
        try await drain()
        result.surplus = booked - before - entries - Self.ours - Self.others
        result.isSettled = try await count(.exported) == Self.ours + Self.others
        result.wasStopped = isStopped
        judgeCalls()
        return result
    }

    /// Documents in both companies.
    private var booked: Int { companies.sandbox.counters.documents.values.reduce(0, +) }

    private func take(atStoreTwo: Bool, count: Int) async throws {
        let trade = try World.trade(seed: seed, count: 2_000).filter { ($0.key.store.value == 2) == atStoreTwo }
        let text = trade.prefix(count).map { $0.canonicalText() }.joined(separator: "\n")
        _ = try await companies.desk.intake.take(
            IntakeFile(Array(text.utf8), format: .ndjson), policy: .allOrNothing, by: .anybody(.api))
    }

    private func count(_ state: ExportState.Name) async throws -> Int {
        try await companies.storage.exportCounts(of: nil)[state] ?? 0
    }

    /// Somebody gives one of our documents another number, and others enter theirs.
    private func crowd() async throws {
        let token = AccessToken(
            try companies.sandbox.mintGrant(
                clientID: SandboxApp.development.clientID, realmID: Companies.sandboxRealm
            ).accessToken)
        let client = QuickBooksClient(
            transport: companies.sandbox, baseURL: try World.environment().quickBooksURL,
            realmID: Companies.sandboxRealm
        ) { token }
        companies.sandbox.setThrottles(enabled: false)
        defer { companies.sandbox.setThrottles(enabled: true) }
        let page = QueryText(JournalEntry.self).ordered(by: .id).page(from: 1, size: 1_000)
        guard var ours = try await client.query(page).items.last else { throw WorldIsStuck("nothing was booked") }
        let lines = ours.lines
        ours.docNumber = "CHANGED"
        _ = try await client.update(ours)
        for number in 0..<entries {
            _ = try await client.create(
                JournalEntry(docNumber: "OTHER-\(number)", txnDate: ours.txnDate, privateNote: "by hand", lines: lines))
        }
    }

    /// Steps both companies in turn, as their loops do, and turns the clock when neither wants to be called.
    private func drain() async throws {
        var wakes: [Connection.ID: Wake] = [:]
        var queueing = Queueing()
        defer { result.mostBetween = queueing.most }
        for _ in 0..<200_000 {
            if try await happen() { wakes = [:] }
            var hasStepped = false
            if isDue(wakes[posting] ?? .now) { queueing.isDue(companies.door) }
            for connection in [looking, posting] where isDue(wakes[connection] ?? .now) {
                wakes[connection] = try await companies.exporter.step(connection)
                hasStepped = true
            }
            queueing.hasStepped(companies.door, isStillDue: isDue(wakes[posting] ?? .now))
            if hasStepped { continue }
            let open = try await count(.pending) + count(.exporting) + count(.checking)
            if open == 0, postingSince != nil { return }
            let wake = wakes.values.reduce(Wake.idle) { $0.or($1) }
            guard case .at(let moment) = wake else { throw WorldIsStuck("neither company wants to be called") }
            advance(to: moment)
        }
        throw WorldIsStuck("the look did not end")
    }

    private func advance(to moment: Date) {
        let wait = max(0.001, moment.timeIntervalSince(companies.clock.now))
        companies.sandbox.advance(by: .milliseconds(Int((wait * 1_000).rounded(.up))))
    }

    private func isDue(_ wake: Wake) -> Bool {
        switch wake {
        case .now: true
        case .at(let moment): moment <= companies.clock.now
        case .idle: false
        }
    }

    /// What befalls the look, by the place it has reached; true when both companies should look up.
    private func happen() async throws -> Bool {
        guard lookEnded == nil, let look = try await look() else {
            if postingSince != nil, lookEnded == nil { lookEnded = companies.clock.now }
            return false
        }
        result.mostKept = max(result.mostKept, look.sightings.count)
        watchMemory(look)
        if !isThrottled, look.position > 1 {
            isThrottled = true
            companies.sandbox.nextMishap(.throttled429, count: 3, route: .read)
        }
        if postingSince == nil, look.position > entries / 4, companies.sandbox.counters.throttled >= 3 {
            postingSince = companies.clock.now
            try await take(atStoreTwo: true, count: Self.others)
            return true
        }
        guard !isStopped, look.position > entries / 2 else { return false }
        isStopped = true
        try await companies.restart()
        guard try await self.look()?.position == look.position else { throw WorldIsStuck("the look began anew") }
        return true
    }

    private func look() async throws -> MarkerLook? {
        try await companies.storage.agenda(
            for: looking, now: companies.clock.now, longestLookWait: .seconds(190), limit: 30
        ).markerLook
    }

    private func watchMemory(_ look: MarkerLook) {
        guard look.position > 10 * 249 else { return }
        if memory == nil { memory = Memory() }
        result.growth = max(result.growth, memory?.growth ?? 0)
    }

    private func judgeCalls() {
        let calls = companies.door.calls
        result.pages = calls.count { $0.kind == .page && $0.realmID == Companies.sandboxRealm }
        result.envelopes = calls.count { $0.kind == .batch && $0.realmID == Companies.sandboxRealm }
        guard let postingSince, let lookEnded else { return }
        result.postedMeanwhile = calls.count { call in
            call.kind == .batch && call.realmID == Companies.productionRealm && postingSince <= call.at
                && call.at <= lookEnded
        }
    }
}

/// From the moment at which a company wants to call until it does: how many calls of the other go first.
private struct Queueing {
    private var since: Int?
    private(set) var most = 0

    mutating func isDue(_ door: DoorLog) { since = since ?? door.calls.count }

    mutating func hasStepped(_ door: DoorLog, isStillDue: Bool) {
        guard let since else { return }
        let calls = door.calls.dropFirst(since)
        if let own = calls.firstIndex(where: { $0.realmID == Companies.productionRealm }) {
            most = max(most, own - since)
            self.since = nil
        } else if !isStillDue {
            self.since = nil
        }
    }
}
