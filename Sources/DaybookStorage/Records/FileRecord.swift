// SPDX-License-Identifier: Apache-2.0
import Daybook

/// A received file in columns, without its content.
enum FileRecord {
    static let columns = """
        id, name, size, received_at, received_by, state, recorded, repeated, refused, profile, decided_at, decided_by
        """

    static func read(_ row: inout SQLRow) throws -> ReceivedFile {
        let id = ReceivedFile.ID(try row.integer())
        let name = try row.text()
        let size = Int(try row.integer())
        let receivedAt = try row.time()
        let receivedBy = try row.text()
        let state = try row.word(ReceivedFile.State.self)
        let (recorded, repeated, refused) = (
            try row.optionalInteger(), try row.optionalInteger(), try row.optionalInteger()
        )
        var counts: ReceivedFile.Counts?
        if let recorded, let repeated, let refused {
            counts = .init(recorded: Int(recorded), repeated: Int(repeated), refused: Int(refused))
        }
        let profile = try row.optionalText()
        return ReceivedFile(
            id: id, name: name, size: size, receivedAt: receivedAt, receivedBy: receivedBy, state: state,
            counts: counts,
            profile: profile, decidedAt: try row.optionalTime(), decidedBy: try row.optionalText())
    }
}
