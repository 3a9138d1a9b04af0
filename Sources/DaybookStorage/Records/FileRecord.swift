// SPDX-License-Identifier: Apache-2.0
import Daybook

/// A received file in columns, without its content.
enum FileRecord {
    static let columns = """
        id, name, size, received_at, received_by, way, state, recorded, repeated, refused, reason, profile, decided_at, \
        decided_by, taken_back_at, taken_back_by
        """

    static func read(_ row: inout SQLRow) throws -> ReceivedFile {
        let id = ReceivedFile.ID(try row.integer())
        let name = try row.text()
        let size = Int(try row.integer())
        let receivedAt = try row.time()
        let receivedBy = try row.text()
        let way = try row.word(ReceivedFile.Way.self)
        let state = try row.word(ReceivedFile.State.self)
        let counts = try counts(&row)
        let reason = try row.optionalText()
        let profile = try row.optionalText()
        let decidedAt = try row.optionalTime()
        let decidedBy = try row.optionalText()
        let takenBackAt = try row.optionalTime()
        return ReceivedFile(
            id: id, name: name, size: size, receivedAt: receivedAt, receivedBy: receivedBy, way: way, state: state,
            counts: counts, profile: profile, decidedAt: decidedAt, decidedBy: decidedBy, reason: reason,
            takenBackAt: takenBackAt, takenBackBy: try row.optionalText())
    }

    private static func counts(_ row: inout SQLRow) throws -> ReceivedFile.Counts? {
        let recorded = try row.optionalInteger()
        let repeated = try row.optionalInteger()
        let refused = try row.optionalInteger()
        guard let recorded, let repeated, let refused else { return nil }
        return .init(recorded: Int(recorded), repeated: Int(repeated), refused: Int(refused))
    }
}
