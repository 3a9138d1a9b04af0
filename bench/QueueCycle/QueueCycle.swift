// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation

/// Daybook's side of `bench/queue_cycle.py`: the queue alone, without QuickBooks and without HTTP.
///
/// Takes transactions in, then claims thirty exports at a time and settles them as exported, until none is left. Each
/// verb is on the disk when it returns.
@main
struct QueueCycle {
    private static let takenAtOnce = 500
    private static let documentsInEnvelope = 30

    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let folder = arguments.first, let file = arguments.dropFirst().first, arguments.count == 2 else {
            print("usage: queue-cycle FOLDER FILE    FILE: transactions as NDJSON")
            exit(64)
        }
        let text = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
        let open = try DataFolder.open(at: folder)
        // The folder may hold exported ones already.
        let before = try await exported(in: open.storage)
        let started = (wall: ContinuousClock.now, cpu: cpuSeconds)
        let taken = try await take(text, into: open.storage)
        let half = ContinuousClock.now
        try await settleAll(in: open.storage)
        let seconds = (ContinuousClock.now - started.wall).inSeconds
        let done = try await exported(in: open.storage) - before
        guard done == taken else { throw CycleFailed("\(done) of \(taken) exports were exported") }
        print(
            """
            {"documents": \(taken), "seconds": \(seconds), "takingSeconds": \((half - started.wall).inSeconds), \
            "cpuSeconds": \(cpuSeconds - started.cpu)}
            """)
        try open.close()
    }

    private static func exported(in storage: SQLiteStorage) async throws -> Int {
        try await storage.exportCounts(of: .first)[.exported] ?? 0
    }

    private static func take(_ text: [UInt8], into storage: SQLiteStorage) async throws -> Int {
        let digest = SystemDigest()
        let transactions = try IntakeFile(text, format: .ndjson).rows.map { try $0.result.get() }
        for start in stride(from: 0, to: transactions.count, by: takenAtOnce) {
            let batch = try transactions[start..<min(start + takenAtOnce, transactions.count)].map {
                try Recording($0, mode: .realTime, attempt: 0, digest: digest)
            }
            _ = try await storage.record(batch, policy: .allOrNothing, at: Date())
        }
        return transactions.count
    }

    private static func settleAll(in storage: SQLiteStorage) async throws {
        let now = Date()
        guard
            let lease = try await storage.claim(
                .first, holder: "bench", now: now, until: now.addingTimeInterval(3_600))
        else { throw CycleFailed("somebody else holds the lease") }
        while true {
            let agenda = try await storage.agenda(
                for: .first, now: Date(), longestLookWait: .seconds(600), limit: documentsInEnvelope)
            guard !agenda.pending.isEmpty else { return }
            try await settle(agenda, in: storage, lease)
        }
    }

    private static func settle(_ agenda: Agenda, in storage: SQLiteStorage, _ lease: Lease) async throws {
        let requestID = UUID().uuidString
        let now = Date()
        let opened = try agenda.pending.map { try $0.export.changed(by: .enveloped, at: now) }
        try await storage.open(
            envelope(requestID, of: agenda.pending, at: now), changes: opened.map(\.change), lease: lease, at: now)
        let settled = try opened.map { export, _ in
            try export.changed(by: .posted(Receipt(documentID: "\(export.serial)", syncToken: "0")), at: now).change
        }
        var sending = agenda.sending
        sending.wasAnswered(at: now, documents: settled.count, capacity: documentsInEnvelope)
        try await storage.settle(
            Settlement(requestID: requestID, changes: settled, sending: sending), lease: lease, at: now)
    }

    /// An envelope whose body has as many bytes as one of such documents.
    private static func envelope(_ requestID: String, of units: [PostingUnit], at: Date) -> Envelope {
        let body = [UInt8](repeating: UInt8(ascii: " "), count: 1_500 * units.count)
        return Envelope(
            requestID: requestID, connection: .first, realmID: nil,
            request: FrozenRequest(target: "/v3/company/1/batch", body: body, sha256: SystemDigest().sha256(body)),
            items: units.map { unit in
                Envelope.Item(
                    exportSerial: unit.export.serial, exportID: unit.export.id,
                    batchItemID: unit.export.batchItemID, kind: unit.export.kind, operation: unit.operation,
                    documentNumber: unit.export.documentNumber, date: unit.export.date, total: unit.export.total)
            }, preparedAt: at)
    }

    /// User and system time of this process, in seconds.
    private static var cpuSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

extension Export {
    fileprivate func changed(by event: ExportEvent, at: Date) throws -> (export: Export, change: ExportChange) {
        var next = self
        try next.progress.apply(event)
        let note = ExportNote(at: at, text: "bench: \(next.progress.state.name.title)")
        return (next, ExportChange(serial: serial, from: progress, to: next.progress, note: note))
    }
}

extension Duration {
    fileprivate var inSeconds: Double { self / .seconds(1) }
}

private struct CycleFailed: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
