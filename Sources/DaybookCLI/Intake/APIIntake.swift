// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookWeb

/// An import through a running server's API.
///
/// The command reads the files, so that each mistake is named with its file. The good transactions are sent as
/// canonical NDJSON in one call, because a call is taken whole or not at all; the size of a call is limited.
struct APIIntake: IntakeDestination {
    let server: DaybookServer

    var name: String { server.name }
    var limit: Int? { APIBody.sizeLimit }

    func take(
        _ source: any IntakeSource, policy: RecordPolicy, dryRun: Bool, farDates: Bool
    ) async throws -> IntakeReport {
        var read = try ReadFiles(source, upTo: APIBody.sizeLimit)
        if policy == .allOrNothing, read.report.problemCount > 0 { return read.report }
        try checkRoom(for: read.length)
        guard !read.places.isEmpty else { return read.report }
        let dates = farDates ? "&farDates=true" : ""
        let trial = try await server.post(ndjson: read.body, query: "?dryRun=true&partial=true\(dates)")
        let conflicts = trial.conflicts.map(read.row)
        for mistake in trial.mistakes { read.note(mistake) }
        let isWhole = conflicts.isEmpty && trial.mistakes.isEmpty
        guard !dryRun, policy == .partial || isWhole else {
            let good = IntakeReport(repeated: trial.repeated, notTaken: trial.notTaken)
            return read.report(good, conflicts: conflicts)
        }
        let query = "?partial=\(policy == .partial)\(dates)"
        let taken = try await server.post(ndjson: read.body, query: query)
        return read.report(IntakeReport(recorded: taken.recorded, repeated: taken.repeated), conflicts: conflicts)
    }

    func profiles() async throws -> [IntakeProfile] {
        try await server.get("/api/v1/profiles", as: KeptProfiles.self).profiles
    }

    func close() async throws { try await server.close() }
}

struct KeptProfiles: Decodable {
    let profiles: [IntakeProfile]
}

/// The transactions of the files, as the body of one call.
private struct ReadFiles {
    private(set) var body: [UInt8] = []
    /// The length of the whole body, also where it was too long to be kept.
    private(set) var length = 0
    /// Where each line of the body came from.
    private(set) var places: [(file: String?, line: Int?, key: Transaction.Key)] = []
    /// The mistakes in the files.
    private(set) var report = IntakeReport()

    init(_ source: any IntakeSource, upTo limit: Int) throws {
        while true {
            do {
                try read(source.start(), upTo: limit)
                return
            } catch is IntakeBeginsAgain {
                (body, length, places, report) = ([], 0, [], IntakeReport())
            }
        }
    }

    private mutating func read(_ rows: any IntakeRows, upTo limit: Int) throws {
        var rows = rows
        while let some = try rows.next() {
            for row in some {
                switch row.result {
                case .success(let balanced):
                    let transaction = balanced.transaction
                    let line = Array((transaction.canonicalText() + "\n").utf8)
                    length += line.count
                    guard length <= limit else { continue }
                    body += line
                    places.append((row.file, row.line, transaction.key))
                case .failure(let problems): for problem in problems.list { report.add(problem, of: row.file) }
                }
            }
        }
    }

    /// Adds a mistake that the server found, at its place in the file.
    mutating func note(_ mistake: IntakeSummary.Problem) {
        let place = place(mistake.line ?? 1)
        let problem = IntakeProblem(
            line: place.line, field: mistake.field, value: mistake.value, remedy: mistake.remedy)
        report.add(problem, of: place.file)
    }

    /// Where a line of the body came from; lines count from 1.
    private func place(_ line: Int) -> (file: String?, line: Int?, key: Transaction.Key) {
        places[min(max(line, 1), places.count) - 1]
    }

    /// The row of a file from which a line of the body came.
    func row(_ line: Int) -> IntakeReport.Row {
        let place = place(line)
        return IntakeReport.Row(file: place.file, line: place.line, key: place.key, outcome: .conflict)
    }

    func report(_ counts: IntakeReport, conflicts: [IntakeReport.Row]) -> IntakeReport {
        var all = counts
        for located in report.located { all.add(located.problem, of: located.file) }
        for row in conflicts { all.add(row) }
        return all
    }
}

enum NDJSON {
    static func bytes(_ transactions: [Transaction]) -> [UInt8] {
        Array(transactions.map { $0.canonicalText() + "\n" }.joined().utf8)
    }
}
