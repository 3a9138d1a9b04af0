// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// The notice that the database is older than what Daybook did last: a backup was restored, or the folder is a copy.
///
/// QuickBooks may hold documents that this database knows nothing of, so each document is looked up before it is sent.
package struct RestoredCopy: Sendable, Equatable {
    /// Counts notices in the order they came; a proof of absence holds for those up to the one it was made for.
    package let serial: Int64
    /// Nil for every company of this database.
    package let connection: Connection.ID?
    package let noticedAt: Date
    package let sign: Sign
    /// How many committed envelopes this database lacks; nil when that is not known.
    package let missingEnvelopes: Int64?
    /// How many documents of ours QuickBooks had that this database does not know as sent.
    package let unknownDocuments: Int
    /// When this database sent its last envelope before it was noticed; nil when it never sent one.
    package let lastSentAt: Date?
    /// The highest export serial when it was noticed: exports up to it are looked up whenever they go out.
    package let lastSerial: Int64

    package init(
        serial: Int64 = 1, connection: Connection.ID?, noticedAt: Date, sign: Sign, missingEnvelopes: Int64? = nil,
        unknownDocuments: Int = 0, lastSentAt: Date? = nil, lastSerial: Int64 = 0
    ) {
        self.serial = serial
        self.connection = connection
        self.noticedAt = noticedAt
        self.sign = sign
        self.missingEnvelopes = missingEnvelopes
        self.unknownDocuments = unknownDocuments
        self.lastSentAt = lastSentAt
        self.lastSerial = lastSerial
    }

    /// How it was noticed.
    package enum Sign: String, Sendable, CaseIterable {
        /// The epoch file beside the database counts further than the database.
        case olderThanEpochFile = "older-than-epoch-file"
        /// The epoch file is missing or unreadable although the database has sent documents.
        case withoutEpochFile = "without-epoch-file"
        /// The epoch file is a copy, or is on another machine than the one it was made on.
        case copied
        /// QuickBooks has documents of ours that the database does not know as sent.
        case unknownDocuments = "unknown-documents"
        /// While this Daybook was posting, another program posted its documents.
        case secondCopy = "second-copy"
        /// A person started with an empty database although there was one that sent documents.
        case startedEmpty = "started-empty"
    }

    /// How long new documents are looked up before they are sent: a rental system may take so long to send again what
    /// was lost.
    package static let lookingPeriod = Duration.seconds(30 * 86_400)

    package var lookedUpUntil: Date { noticedAt.addingTimeInterval(Self.lookingPeriod.seconds) }

    package func isInForce(at now: Date) -> Bool { now < lookedUpUntil }

    /// From when on QuickBooks may hold documents that the database does not know.
    ///
    /// A database that has sent nothing looks through a month; a document whose number was not changed is found at any
    /// age.
    package var documentsSince: Date { lastSentAt ?? noticedAt.addingTimeInterval(-Self.lookingPeriod.seconds) }

    /// Whether a document has to be looked up before it is sent.
    ///
    /// A proof of absence counts by the notice that it was made for, not by its time: the clock may have been wrong.
    package func requiresLook(for export: Export, at now: Date) -> Bool {
        guard export.serial <= lastSerial || isInForce(at: now) else { return false }
        return (export.progress.absentCopy ?? 0) < serial
    }
}
