// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// One export's step from one progress to the next; refused when it is no longer at `from`.
package struct ExportChange: Sendable {
    package let serial: Int64
    package let from: ExportProgress
    package let to: ExportProgress
    package let note: ExportNote

    package init(serial: Int64, from: ExportProgress, to: ExportProgress, note: ExportNote) {
        self.serial = serial
        self.from = from
        self.to = to
        self.note = note
    }
}

/// A line of an export's history.
package struct ExportNote: Sendable, Equatable {
    package let at: Date
    /// What happened, in plain words.
    package let text: String
    package let by: String
    package let intuitTID: String?

    package init(at: Date, text: String, by actor: Actor = .system(.exporter), intuitTID: String? = nil) {
        self.init(at: at, text: text, by: actor.text, intuitTID: intuitTID)
    }

    /// As stored.
    package init(at: Date, text: String, by: String, intuitTID: String?) {
        self.at = at
        self.text = text
        self.by = by
        self.intuitTID = intuitTID
    }
}

package struct Settlement: Sendable {
    package let requestID: String?
    package let phase: Envelope.Phase
    package let changes: [ExportChange]
    /// The company's new sending state; nil leaves it as it is.
    package let sending: SendingState?
    package let markerLook: MarkerLookChange

    package init(
        requestID: String? = nil, phase: Envelope.Phase = .closed, changes: [ExportChange],
        sending: SendingState? = nil, markerLook: MarkerLookChange = .none
    ) {
        self.requestID = requestID
        self.phase = phase
        self.changes = changes
        self.sending = sending
        self.markerLook = markerLook
    }
}

/// What a settlement does to the company's look by marker.
package enum MarkerLookChange: Sendable, Equatable {
    case none
    /// It begins, or has come to another place.
    case to(MarkerLook)
    case ended
}

/// The connection belongs to another company than the envelope was composed for; nothing was written.
package struct CompanyChanged: Error, Equatable, Sendable {
    package init() {}
}

/// An export's progress changed after the writer had read it; nothing was written.
package struct ProgressMoved: Error, Equatable, Sendable {
    package let serial: Int64

    package init(serial: Int64) { self.serial = serial }
}
