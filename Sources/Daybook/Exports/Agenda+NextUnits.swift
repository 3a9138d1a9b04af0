// SPDX-License-Identifier: Apache-2.0

extension Agenda {
    /// The units that go out next: first those that are no suspects, then the suspects, one at a time.
    ///
    /// A suspect that was refused as too large (413) goes before the others once another document was answered after
    /// it, and envelopes are at their full size again. So it is soon known whether it is the cause, at the cost of one
    /// call.
    ///
    /// All are of one kind, because one query counts their documents before they are sent.
    var nextUnits: [PostingUnit] {
        let units = nextOfAnyKind
        return units.filter { $0.export.kind == units.first?.export.kind }
    }

    private var nextOfAnyKind: [PostingUnit] {
        guard let suspect = suspects.first else { return pending }
        return pending.isEmpty || canBeJudged(suspect.export.progress.attempts) ? [suspect] : pending
    }

    private func canBeJudged(_ attempts: ExportAttempts) -> Bool {
        guard sending.breaker.isClosed, sending.envelopeLimit == nil else { return false }
        guard let refused = attempts.tooLargeSince, let answered = sending.answeredAt else { return false }
        return answered > refused
    }
}
