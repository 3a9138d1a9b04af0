// SPDX-License-Identifier: Apache-2.0
import Daybook

/// A line of a connection's history.
struct NoteView {
    let time: String
    let what: String
    let by: String
    let trace: String?
    let isTrouble: Bool

    init(_ note: ConnectionNote, shown: ShownText) {
        time = shown.time(note.at)
        what = note.text
        by = note.by
        trace = note.intuitTID
        isTrouble = [.troubled, .refreshFailed, .refused, .warned].contains(note.kind)
    }
}

/// How many of the latest refreshes worked.
struct RefreshRateView {
    let rate: String
    let details: String

    /// Nil when there was none.
    init?(_ count: RefreshCount, days: Int) {
        guard count.attempts > 0 else { return nil }
        // Rounded down, so that 100 % means that none failed.
        let tenths = count.successes * 1_000 / count.attempts
        rate = tenths == 1_000 ? "100 %" : "\(tenths / 10).\(tenths % 10) %"
        details = "\(count.successes) of \(count.attempts) in \(days) days"
    }
}
