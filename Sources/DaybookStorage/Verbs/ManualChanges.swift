// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func change(
        _ selection: ExportSelection, by actor: Actor, at: Date,
        decide: @escaping @Sendable (Export) -> Result<ExportProgress, ExportEventRefused>
    ) async throws -> [ChangeOutcome] {
        var outcomes: [ChangeOutcome] = []
        var last: Int64? = 0
        while let after = last {
            let batch = try await write { sql in
                try ManualChange(sql: sql, actor: actor, at: at, decide: decide).run(on: selection, after: after)
            }
            outcomes += batch
            // A batch that is not full is the last one. Exports named by serials are always one batch.
            last = selection.isOfAnySize && batch.count == ManualChange.batch ? batch.last?.serial : nil
        }
        return outcomes
    }
}

extension ExportSelection {
    fileprivate var isOfAnySize: Bool {
        if case .serials = self { false } else { true }
    }
}

private struct ManualChange {
    let sql: any SQLConnection
    let actor: Actor
    let at: Date
    let decide: @Sendable (Export) -> Result<ExportProgress, ExportEventRefused>

    /// How many exports change in one commit, so that other writers wait only some milliseconds.
    static let batch = 500

    func run(on selection: ExportSelection, after serial: Int64) throws -> [ChangeOutcome] {
        var moves: [(export: Export, to: ExportProgress)] = []
        var outcomes: [ChangeOutcome] = []
        for (serial, export) in try selected(selection, after: serial) {
            guard let export else {
                outcomes.append(ChangeOutcome(serial: serial, result: .notThere))
                continue
            }
            switch decide(export) {
            case .failure(let refusal):
                outcomes.append(ChangeOutcome(serial: serial, result: .refused(refusal)))
            case .success(let progress):
                moves.append((export, progress))
                outcomes.append(ChangeOutcome(serial: serial, result: .changed(progress.state.name)))
            }
        }
        let writing = ProgressWriting(sql: sql)
        try writing.write(moves.map { try ProgressMove($0.export.serial, from: $0.export.progress, to: $0.to) })
        try writing.note(moves.map { ($0.export.serial, note(from: $0.export.progress, to: $0.to)) })
        if case .serials = selection, outcomes.count == 1, let only = moves.first {
            try noteDecision(on: only.export, to: only.to)
        }
        return outcomes
    }

    /// Notes the decision of a person who lets a single export go on although its document is in another company: the
    /// document belongs in this company.
    private func noteDecision(on export: Export, to next: ExportProgress) throws {
        guard case .error(.foreignDocument) = export.progress.state, next.state.name != .onHold else { return }
        let elsewhere = try sql.documents(of: [export.id], outside: export.connection)
        for (connection, documents) in Dictionary(grouping: elsewhere, by: \.connection) {
            try sql.note(told: documents.map(\.document.documentID), on: connection, at: at)
        }
    }

    private func note(from: ExportProgress, to: ExportProgress) -> ExportNote {
        ExportNote(at: at, text: "From \(from.state.name.title) to \(to.state.name.title).", by: actor)
    }

    /// The exports selected, each once and in the order asked for; nil for a serial that has none.
    private func selected(_ selection: ExportSelection, after last: Int64) throws -> [(Int64, Export?)] {
        switch selection {
        case .serials(let serials):
            var seen: Set<Int64> = []
            let wanted = serials.filter { seen.insert($0).inserted }
            let found = try exports(sql.rows(for: wanted) { "\(select) WHERE e.serial IN \($0)" })
            let bySerial = Dictionary(found.map { ($0.serial, $0) }, uniquingKeysWith: { first, _ in first })
            return wanted.map { ($0, bySerial[$0]) }
        case .blocked(let connection):
            return try batch(
                "e.connection_id = $1 AND e.state = 'error' AND e.failure = 'blocked' AND e.serial > $2",
                [.integer(connection.value), .integer(last)])
        case .blockedBy(let problem, let connection):
            return try batch(
                """
                e.connection_id = $1 AND e.state = 'error' AND e.failure = 'blocked' AND e.problem = $2
                    AND e.serial > $3
                """, [.integer(connection.value), .text(try ProblemRecord(problem).json()), .integer(last)])
        case .inState(let state):
            return try batch("e.state = $1 AND e.serial > $2", [.text(state.rawValue), .integer(last)])
        case .inError(let connection):
            return try batch(
                "e.connection_id = $1 AND e.state = 'error' AND e.serial > $2",
                [.integer(connection.value), .integer(last)])
        }
    }

    private func batch(_ condition: String, _ values: [SQLValue]) throws -> [(Int64, Export?)] {
        let rows = try sql.rows("\(select) WHERE \(condition) ORDER BY e.serial LIMIT \(Self.batch)", values)
        return try exports(rows).map { ($0.serial, $0) }
    }

    private func exports(_ rows: [SQLRow]) throws -> [Export] {
        try rows.reading { try ExportRecord.read(&$0) }
    }

    private var select: String { "SELECT \(ExportRecord.columns) FROM exports e" }
}
