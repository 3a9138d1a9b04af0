// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Hands the rows of a source to the storage, and reports the outcome of each.
final class BatchedIntake: RecordingSource {
    let files: [IncomingFile]
    private let source: any IntakeSource
    private let policy: RecordPolicy
    private let isDryRun: Bool
    private let mayOverlap: Bool
    private let isBeside: Bool
    private let isLedger: Bool
    /// Nil where every date is taken.
    private let usual: UsualDates?
    private let desk: IntakeDesk
    /// What the pass that reached the end of the source has found.
    private let finished = Mutex(Finding())

    private struct Finding {
        var report = IntakeReport()
        /// One for each file.
        var outcomes: [FileOutcome] = []
    }

    init(
        source: any IntakeSource, files: [IncomingFile], policy: RecordPolicy, isDryRun: Bool,
        confirmed: IntakeConfirmation, desk: IntakeDesk
    ) {
        usual = confirmed.contains(.farDates) ? nil : desk.usualDates
        mayOverlap = confirmed.contains(.overlaps)
        isBeside = confirmed.contains(.beside)
        isLedger = confirmed.contains(.ledger)
        self.source = source
        self.files = files
        self.policy = policy
        self.isDryRun = isDryRun
        self.desk = desk
    }

    var report: IntakeReport { finished.withLock(\.report) }
    var outcomes: [FileOutcome] { finished.withLock(\.outcomes) }

    func start() throws -> any RecordingBatches { Batches(intake: self, rows: try source.start()) }

    private final class Batches: RecordingBatches {
        private let intake: BatchedIntake
        private var rows: any IntakeRows
        private var report = IntakeReport()
        private var tally: FileTally
        /// Row, key and file of each recording in the batch under way.
        private var places: [(row: IntakeFile.Row, key: Transaction.Key, file: Int?)] = []

        init(intake: BatchedIntake, rows: any IntakeRows) {
            self.intake = intake
            self.rows = rows
            tally = FileTally(intake.files)
        }

        func next() throws -> [Recording]? {
            places = []
            var batch: [Recording] = []
            while batch.isEmpty {
                guard let read = try rows.next() else { return nil }
                for row in read {
                    let row = intake.usual?.checked(row) ?? row
                    let file = tally.place(of: row)
                    switch row.result {
                    case .success(let balanced):
                        batch.append(try recording(of: balanced, row, file))
                        places.append((row, balanced.transaction.key, file))
                    case .failure(let problems): for problem in problems.list { add(problem, of: row, file) }
                    }
                }
            }
            return batch
        }

        private func recording(
            of balanced: BalancedTransaction, _ row: IntakeFile.Row, _ file: Int?
        ) throws -> Recording {
            var recording = try intake.desk.recording(of: balanced, attempt: 0)
            recording.file = file
            recording.mayOverlap = intake.mayOverlap
            let name = file.map { intake.files[$0].name } ?? row.file ?? ""
            recording.cover =
                row.isBeside || intake.isBeside
                ? nil
                : DayCover(
                    balanced, isLedger: row.isLedger || intake.isLedger,
                    isMonthly: DayCover.isMonthly(fileNamed: name))
            return recording
        }

        func other(_ recording: Recording, attempt: Int) throws -> Recording {
            var other = try intake.desk.recording(of: recording.balanced, attempt: attempt)
            (other.file, other.cover, other.mayOverlap) = (recording.file, recording.cover, recording.mayOverlap)
            return other
        }

        func took(_ outcomes: [RecordOutcome]) {
            for (place, outcome) in zip(places, outcomes) {
                report.add(IntakeReport.Row(place.row, place.key, outcome))
                tally.add(outcome, place)
            }
        }

        private func add(_ problem: IntakeProblem, of row: IntakeFile.Row, _ file: Int?) {
            report.add(problem, of: row.file)
            tally.add(problem, of: file)
        }

        func end() -> [FileOutcome]? {
            let isKept = !intake.isDryRun && report.isKept(intake.policy)
            if !isKept {
                report.takeBack()
                tally.takeBack()
            }
            intake.finished.withLock { $0 = Finding(report: report, outcomes: tally.outcomes) }
            return isKept ? tally.outcomes : nil
        }
    }
}

/// Counts what became of each file's transactions.
private struct FileTally {
    private let files: [IncomingFile]
    private let places: [String: Int]
    private var recorded: [Int]
    private var repeated: [Int]
    private var refused: [Int]
    private var reasons: [String?]

    init(_ files: [IncomingFile]) {
        self.files = files
        places = Dictionary(
            files.enumerated().map { ($0.element.rowName, $0.offset) }, uniquingKeysWith: { first, _ in first })
        let none = files.map { _ in 0 }
        (recorded, repeated, refused) = (none, none, none)
        reasons = files.map { _ in nil }
    }

    func place(of row: IntakeFile.Row) -> Int? {
        guard files.count > 1 else { return files.isEmpty ? nil : 0 }
        return row.file.flatMap { places[$0] }
    }

    mutating func add(_ problem: IntakeProblem, of file: Int?) {
        guard let file else { return }
        refused[file] += 1
        if reasons[file] == nil { reasons[file] = problem.message }
    }

    mutating func add(_ outcome: RecordOutcome, _ place: (row: IntakeFile.Row, key: Transaction.Key, file: Int?)) {
        guard let file = place.file else { return }
        switch outcome {
        case .recorded: recorded[file] += 1
        case .alreadyThere: repeated[file] += 1
        case .notTaken: break
        case .overlap(let overlap): add(overlap.problem(line: place.row.line), of: file)
        case .conflict: add(Self.conflict(place.row, place.key), of: file)
        }
    }

    private static func conflict(_ row: IntakeFile.Row, _ key: Transaction.Key) -> IntakeProblem {
        IntakeProblem(
            line: row.line, field: "id", value: key.description,
            remedy: "this transaction is \(IntakeReport.otherPlace(row.earlierLine)) with another content")
    }

    /// Nothing of it is recorded, also where the mistakes are another file's.
    mutating func takeBack() {
        recorded = recorded.map { _ in 0 }
        let other = "Another file that came with it has mistakes, and nothing is taken then."
        reasons = reasons.map { $0 ?? other }
    }

    var outcomes: [FileOutcome] {
        files.indices.map { file in
            FileOutcome(
                file: files[file],
                counts: .init(recorded: recorded[file], repeated: repeated[file], refused: refused[file]),
                reason: reasons[file])
        }
    }
}
