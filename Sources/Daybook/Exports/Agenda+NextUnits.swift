// SPDX-License-Identifier: Apache-2.0

extension Agenda {
    /// What goes out next: first what is no suspect, then the suspects, one at a time.
    ///
    /// A suspect of a 413 has its turn before that, once another document was answered since and envelopes hold as many as
    /// ever: soon it is known whether it is the cause, and until then it costs the others one call.
    ///
    /// All of one kind: one question counts them before they are sent.
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
