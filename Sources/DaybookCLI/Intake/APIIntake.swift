// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookWeb
import Foundation

/// An import through a running server's API.
///
/// The command reads the files, so that each mistake is named with its file. The good transactions are sent as
/// canonical NDJSON in one call, because a call is taken whole or not at all; the size of a call is limited.
struct APIIntake: IntakeDestination {
    let server: DaybookServer

    var name: String { server.name }
    var limit: Int? { APIBody.sizeLimit }

    func take(
        _ source: any IntakeSource, policy: RecordPolicy, dryRun: Bool, confirmed: IntakeConfirmation,
        files: [IncomingFile]
    ) async throws -> IntakeReport {
        try checkMonths(of: files)
        var read = try ReadFiles(source, upTo: APIBody.sizeLimit)
        if policy == .allOrNothing, read.report.problemCount > 0 { return read.report }
        try checkRoom(for: read.length)
        guard !read.places.isEmpty else { return read.report }
        let words =
            Self.query(confirmed, files) + (try read.isBeside() ? "&beside=true" : "")
            + (read.hasLedger ? "&ledger=true" : "")
        let trial = try await server.post(ndjson: read.body, query: "?dryRun=true&partial=true\(words)")
        let conflicts = trial.conflicts.map(read.row)
        for mistake in trial.mistakes { read.note(mistake) }
        let isWhole = conflicts.isEmpty && trial.mistakes.isEmpty
        guard !dryRun, policy == .partial || isWhole else {
            let good = IntakeReport(repeated: trial.repeated, notTaken: trial.notTaken)
            return read.report(good, conflicts: conflicts)
        }
        let query = "?partial=\(policy == .partial)\(words)"
        let taken = try await server.post(ndjson: read.body, query: query)
        return read.report(IntakeReport(recorded: taken.recorded, repeated: taken.repeated), conflicts: conflicts)
    }

    /// The server keeps the files of a call as one, under their names.
    private static func query(_ confirmed: IntakeConfirmation, _ files: [IncomingFile]) -> String {
        var words = confirmed.contains(.farDates) ? "&farDates=true" : ""
        if confirmed.contains(.overlaps) { words += "&overlaps=true" }
        let first = files.first?.name ?? ""
        let names = files.count > 1 ? "\(first.prefix(180)) and \(files.count - 1) more" : first
        let name = names.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return name.isEmpty ? words : "\(words)&file=\(name)"
    }

    /// A call is of days or of months, by its name.
    private func checkMonths(of files: [IncomingFile]) throws {
        let monthly = files.filter { DayCover.isMonthly(fileNamed: $0.name) }
        guard let first = monthly.first, monthly.count < files.count else { return }
        throw CommandFailure(
            """
            “\(first.name)” is a monthly file, and others are not. Import the monthly ones with a command of their own. \
            Nothing was taken.
            """)
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
    /// Whether transactions stand beside other sources, and whether some don't.
    private var standsBeside: Set<Bool> = []
    /// Whether some are of a general ledger's file.
    private(set) var hasLedger = false

    init(_ source: any IntakeSource, upTo limit: Int) throws {
        while true {
            do {
                try read(source.start(), upTo: limit)
                return
            } catch is IntakeBeginsAgain {
                (body, length, places, report) = ([], 0, [], IntakeReport())
                standsBeside = []
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
                    standsBeside.insert(row.isBeside)
                    hasLedger = hasLedger || row.isLedger
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

    /// Whether all of it is taken beside what other sources tell.
    func isBeside() throws -> Bool {
        guard standsBeside.count < 2 else {
            throw CommandFailure(
                """
                Some of these files are taken beside what other systems tell, by their profiles, and some are not. Import \
                each kind with a command of its own. Nothing was taken.
                """)
        }
        return standsBeside.contains(true)
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
