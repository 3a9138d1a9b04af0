// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func record(_ batch: [Recording], policy: RecordPolicy, at: Date) async throws -> [RecordOutcome] {
        try await write { [search, sealer] in
            let outcomes = try Intake(
                sql: $0, search: search, sealer: sealer, batch: batch, files: [], policy: policy, at: .time(at)
            ).run()
            $0.audit(recorded: outcomes.count(where: \.isRecorded))
            return outcomes
        }
    }

    package func record(from source: any RecordingSource, by actor: Actor, at: Date) async throws {
        do {
            try await writeAlone { [search, sealer] sql in
                let files = FileWriting(sql: sql, actor: actor, at: at)
                let intake = LongIntake(
                    sql: sql, search: search, sealer: sealer, files: try source.files.map(files.open), at: .time(at))
                let outcomes = try intake.run(source.start())
                for (outcome, file) in zip(outcomes, intake.files) { try files.close(file, outcome) }
            }
        } catch is NotKept {
            // The source itself reports what would have been recorded.
        }
    }
}

extension RecordOutcome {
    fileprivate var isRecorded: Bool {
        if case .recorded = self { true } else { false }
    }
}

extension SQLConnection {
    /// One line for all transactions of a call: each is in the database with its own key.
    fileprivate func audit(recorded count: Int) {
        if count > 0 { audit(AuditChange("transactions", to: count == 1 ? "1 recorded" : "\(count) recorded")) }
    }
}

/// Rolls back what was recorded, because the source does not keep it.
private struct NotKept: Error {}

/// Records batch after batch in one database transaction.
private struct LongIntake {
    let sql: any SQLConnection
    let search: any ExportSearch
    let sealer: Sealer
    /// The numbers of the source's files.
    let files: [Int64]
    let at: SQLValue

    func run(_ source: any RecordingBatches) throws -> [FileOutcome] {
        var recorded = 0
        while let batch = try source.next() {
            let outcomes = try take(batch, source)
            recorded += outcomes.count(where: \.isRecorded)
            source.took(outcomes)
        }
        guard let outcomes = source.end() else { throw NotKept() }
        sql.audit(recorded: recorded)
        return outcomes
    }

    private func take(_ batch: [Recording], _ source: any RecordingBatches) throws -> [RecordOutcome] {
        var batch = batch
        for attempt in 1... {
            do {
                return try Intake(
                    sql: sql, search: search, sealer: sealer, batch: batch, files: files, policy: .partial, at: at
                ).run()
            } catch let taken as DocumentNumbersTaken where attempt <= Recording.mostAttempts {
                batch = try batch.map { recording in
                    let isTaken = recording.exports.contains { taken.exports.contains($0.id) }
                    return isTaken ? try source.other(recording, attempt: attempt) : recording
                }
            }
        }
        return []
    }
}

/// A transaction whose lines are not each in one of its exports, or that has no lines and not one export: an error of
/// the code that made the unit.
package struct LineWithoutExport: Error, Equatable, Sendable {
    package let key: Transaction.Key
}

/// An export that depends on one that is not recorded: an error of the code that made it.
package struct DependencyMissing: Error, Equatable, Sendable {
    package let export: Export.ID
}

/// Records a batch by a handful of set statements, whatever its size.
private struct Intake {
    let sql: any SQLConnection
    let search: any ExportSearch
    let sealer: Sealer
    let batch: [Recording]
    /// The numbers of the source's files.
    let files: [Int64]
    let policy: RecordPolicy
    let at: SQLValue

    private enum Verdict: Equatable {
        /// Not seen before.
        case new
        case repeated
        case conflict
        /// Not seen before, and something else tells of its day.
        case overlap(DayOverlap)
    }

    private struct Known {
        let serial: Int64
        let content: Content
    }

    /// What a transaction that comes again is compared with.
    private enum Content {
        case asItCame(String)
        /// Its customer was anonymized.
        case code([UInt8])
    }

    func run() throws -> [RecordOutcome] {
        let known = try knownTransactions()
        let verdicts = try judge(known.mapValues(\.content))
        if policy == .allOrNothing, verdicts.contains(where: { $0 != .new && $0 != .repeated }) {
            return verdicts.map { verdict in
                switch verdict {
                case .conflict: .conflict
                case .overlap(let overlap): .overlap(overlap)
                case .new, .repeated: .notTaken
                }
            }
        }
        let new = zip(batch, verdicts).filter { $0.1 == .new }.map(\.0)
        let repeats = zip(batch, verdicts).filter { $0.1 == .repeated }.map(\.0.transaction.key)
        var exports = try exportSerials(ofStored: repeats.compactMap { known[$0]?.serial }, known)
        exports.merge(try insert(new)) { stored, _ in stored }
        return zip(batch, verdicts).map { recording, verdict in
            let serials = exports[recording.transaction.key] ?? []
            return switch verdict {
            case .new: .recorded(exports: serials)
            case .repeated: .alreadyThere(exports: serials)
            case .conflict: .conflict
            case .overlap(let overlap): .overlap(overlap)
            }
        }
    }

    private func judge(_ stored: [Transaction.Key: Content]) throws -> [Verdict] {
        var contents = stored
        let isNew = batch.filter { stored[$0.transaction.key] == nil }
        var days = try IntakeDays(of: isNew.compactMap(\.cover), sql)
        return try batch.map { recording in
            if let content = contents[recording.transaction.key] {
                return try isSame(recording.content, content) ? .repeated : .conflict
            }
            if let cover = recording.cover {
                if !recording.mayOverlap, let known = days.overlap(with: cover) {
                    return .overlap(DayOverlap(date: recording.transaction.date, known: known))
                }
                days.add(cover)
            }
            contents[recording.transaction.key] = .asItCame(recording.content)
            return .new
        }
    }

    private func isSame(_ new: String, _ stored: Content) throws -> Bool {
        switch stored {
        case .asItCame(let content): content == new
        case .code(let code): try CustomerSecret(sql: sql, sealer: sealer).code(of: new) == code
        }
    }

    private func knownTransactions() throws -> [Transaction.Key: Known] {
        let keys = batch.map { TransactionRecord.values(of: $0.transaction.key) }
        let rows = try sql.eachPiece(of: keys) { wanted in
            """
            WITH wanted (source, store, id, revision) AS (VALUES \(wanted))
            SELECT \(TransactionRecord.keyColumns), t.serial, t.content, t.content_code FROM wanted w JOIN transactions t
            ON t.source = w.source AND t.store = CAST(w.store AS BIGINT) AND t.id = w.id
                AND t.revision = CAST(w.revision AS BIGINT) AND t.taken_back_at IS NULL
            """
        }
        var known: [Transaction.Key: Known] = [:]
        for var row in rows {
            let key = try TransactionRecord.readKey(&row)
            let serial = try row.integer()
            let content = try row.text()
            known[key] = Known(
                serial: serial, content: try row.optionalBytes().map(Content.code) ?? .asItCame(content))
        }
        return known
    }

    private func exportSerials(
        ofStored serials: [Int64], _ known: [Transaction.Key: Known]
    ) throws -> [Transaction.Key: [Int64]] {
        let rows = try sql.rows(for: serials) { list in
            """
            SELECT DISTINCT tie.transaction_serial, tie.export_serial FROM export_transactions tie
            WHERE tie.transaction_serial IN \(list) ORDER BY tie.export_serial
            """
        }
        var exports: [Int64: [Int64]] = [:]
        for var row in rows { exports[try row.integer(), default: []].append(try row.integer()) }
        return known.compactMapValues { exports[$0.serial] }
    }
}

extension Intake {
    private func insert(_ recordings: [Recording]) throws -> [Transaction.Key: [Int64]] {
        let companies = try companies()
        let placed = recordings.flatMap(\.exports).map { (export: $0, connection: companies[$0.store] ?? .first) }
        // Checked before anything is inserted, so that the batch can be tried again with other numbers.
        try refuseTakenNumbers(placed)
        let transactions = try insertTransactions(recordings)
        let exports = try insertExports(placed)
        var lines: [[SQLValue]] = []
        var withoutLegs: [[SQLValue]] = []
        var names: [[SQLValue]] = []
        var serials: [Transaction.Key: [Int64]] = [:]
        for recording in recordings {
            let key = recording.transaction.key
            guard let transaction = transactions[key] else { throw LineWithoutExport(key: key) }
            let owners = try lineOwners(recording, exports)
            names += Self.names(recording, companies)
            for (position, leg) in recording.entry.legs.enumerated() {
                lines.append(
                    LegRecord.values(
                        leg, transaction: transaction, position: position, export: owners[position]))
            }
            if owners.isEmpty {
                withoutLegs.append([.integer(transaction), .integer(try onlyExport(recording, exports))])
            }
            serials[key] = recording.exports.compactMap { exports[$0.id.text] }
        }
        try sql.insert(lines, into: "entry_lines (\(LegRecord.insertColumns))")
        try AccountNameKeeping.note(names, sql)
        try AccountNeeds.note(recordings.lazy.flatMap { $0.entry.legs.lazy.map(\.line) }, sql)
        try IntakeDays.count(recordings.compactMap(\.cover), sql)
        try sql.insert(withoutLegs, into: "transactions_without_legs (transaction_serial, export_serial)")
        try search.index(exports.values.sorted(), in: sql)
        return serials
    }

    private func insertTransactions(_ recordings: [Recording]) throws -> [Transaction.Key: Int64] {
        let values = recordings.map { recording in
            TransactionRecord.values(recording, file: recording.file.map { files[$0] }, at: at)
        }
        let rows = try sql.eachPiece(of: values) { values in
            """
            INSERT INTO transactions (\(TransactionRecord.insertColumns)) VALUES \(values)
            RETURNING source, store, id, revision, serial
            """
        }
        var serials: [Transaction.Key: Int64] = [:]
        for var row in rows { serials[try TransactionRecord.readKey(&row)] = try row.integer() }
        return serials
    }

    private typealias Placed = (export: Recording.NewExport, connection: Connection.ID)

    private func companies() throws -> [StoreNumber: Connection.ID] {
        Dictionary(try stores(sql).map { ($0.number, $0.connection) }, uniquingKeysWith: { first, _ in first })
    }

    /// The names by which a general ledger's lines name their accounts.
    private static func names(
        _ recording: Recording, _ companies: [StoreNumber: Connection.ID]
    ) -> [[SQLValue]] {
        recording.entry.legs.compactMap { leg in
            guard case .named(let account) = leg.line.account else { return nil }
            return AccountNameKeeping.values(account, in: companies[leg.line.store] ?? .first)
        }
    }

    private func insertExports(_ placed: [Placed]) throws -> [String: Int64] {
        let values = placed.map { ExportRecord.values($0.export, to: $0.connection, at: at) }
        let rows = try sql.eachPiece(of: values) { values in
            "INSERT INTO exports (\(ExportRecord.insertColumns)) VALUES \(values) RETURNING id, serial"
        }
        var serials: [String: Int64] = [:]
        for var row in rows { serials[try row.text()] = try row.integer() }
        try insertDependencies(placed.map(\.export), serials)
        return serials
    }

    private func insertDependencies(_ exports: [Recording.NewExport], _ serials: [String: Int64]) throws {
        let wanted = exports.flatMap { export in
            Set(export.dependsOn).map { (export: export.id, dependsOn: $0) }
        }
        let values = wanted.map { [SQLValue.integer(serials[$0.export.text] ?? 0), .text($0.dependsOn.text)] }
        let rows = try sql.eachPiece(of: values) { list in
            """
            WITH wanted (export_serial, id) AS (VALUES \(list))
            SELECT CAST(w.export_serial AS BIGINT), e.serial FROM wanted w JOIN exports e ON e.id = w.id
            """
        }
        let found = try rows.reading { [SQLValue.integer(try $0.integer()), .integer(try $0.integer())] }
        guard found.count == wanted.count else {
            let known = Dictionary(grouping: found, by: { $0[0] }).mapValues(\.count)
            let lacking = exports.first { export in
                known[.integer(serials[export.id.text] ?? 0), default: 0] < Set(export.dependsOn).count
            }
            throw DependencyMissing(export: lacking?.id ?? wanted[0].export)
        }
        try sql.insert(found, into: "export_dependencies (export_serial, depends_on)")
    }

    /// Document numbers end in five characters derived from the export's id; rarely, two numbers are equal.
    private func refuseTakenNumbers(_ placed: [Placed]) throws {
        let wanted = placed.map { [SQLValue.integer($0.connection.value), .text($0.export.documentNumber.text)] }
        let rows = try sql.eachPiece(of: wanted) { list in
            """
            WITH wanted (connection_id, document_number) AS (VALUES \(list))
            SELECT CAST(w.connection_id AS BIGINT), w.document_number FROM wanted w JOIN exports e
            ON e.connection_id = CAST(w.connection_id AS BIGINT) AND e.document_number = w.document_number
            """
        }
        var taken = Set(try rows.reading { [SQLValue.integer(try $0.integer()), .text(try $0.text())] })
        let refused = zip(placed, wanted).filter { !taken.insert($0.1).inserted }.map(\.0.export.id)
        guard refused.isEmpty else { throw DocumentNumbersTaken(exports: Set(refused)) }
    }

    /// The export of a transaction without legs.
    private func onlyExport(_ recording: Recording, _ exports: [String: Int64]) throws -> Int64 {
        guard recording.exports.count == 1, let export = exports[recording.exports[0].id.text] else {
            throw LineWithoutExport(key: recording.transaction.key)
        }
        return export
    }

    /// The export of each line, by position.
    ///
    /// Every line is in exactly one.
    private func lineOwners(_ recording: Recording, _ exports: [String: Int64]) throws -> [Int64] {
        var owners = [Int64?](repeating: nil, count: recording.entry.legs.count)
        for export in recording.exports {
            for line in export.legs {
                guard owners.indices.contains(line), owners[line] == nil else {
                    throw LineWithoutExport(key: recording.transaction.key)
                }
                owners[line] = exports[export.id.text]
            }
        }
        let owned = owners.compactMap(\.self)
        guard owned.count == owners.count else { throw LineWithoutExport(key: recording.transaction.key) }
        return owned
    }
}
