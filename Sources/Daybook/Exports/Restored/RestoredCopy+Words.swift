// SPDX-License-Identifier: Apache-2.0
import Foundation

extension RestoredCopy {
    /// For the page: how and when it was noticed, what follows from it and until when, and what to do.
    ///
    /// While posting to the company is stopped, the stop says what to do, and this doesn't.
    package func explanation(isPostingStopped: Bool = false) -> String {
        isPostingStopped ? findings : "\(findings) \(remedy)"
    }

    private var remedy: String {
        switch sign {
        case .copied:
            """
            If a Daybook still runs on the folder that it was copied from, have that one stopped. If this is a backup, \
            \(Self.sendAgain)
            """
        case .secondCopy: "If the other Daybook still runs, have it stopped."
        case .olderThanEpochFile, .withoutEpochFile, .unknownDocuments, .startedEmpty:
            "If a backup was restored, \(Self.sendAgain) If none was, look for a second Daybook on a copy of this data."
        }
    }

    private static let sendAgain =
        "let the rental system send again what it has sent since the backup: nothing is posted twice by that."

    private var findings: String {
        """
        This Daybook runs on a restored copy of its data: \(reason). It was noticed on \(Self.text(noticedAt)). Each \
        document is looked up in QuickBooks before it is sent, new ones until \(Self.text(lookedUpUntil)); what is \
        there is not sent again.
        """
    }

    private var reason: String {
        let known = [signWords, missingWords, documentWords].compactMap(\.self)
        return known.joined(separator: ", and ")
    }

    private var signWords: String? {
        switch sign {
        case .olderThanEpochFile: nil
        case .withoutEpochFile: "the file daybook.epoch is missing beside the database"
        case .copied: "the data folder was copied, restored or moved to another machine"
        case .unknownDocuments: nil
        case .secondCopy: "another Daybook has posted the same documents"
        case .startedEmpty: "it was started with an empty database"
        }
    }

    private var missingWords: String? {
        guard let missingEnvelopes, missingEnvelopes > 0 else {
            return sign == .olderThanEpochFile ? "the database is older than daybook.epoch" : nil
        }
        return missingEnvelopes == 1
            ? "a request to QuickBooks is missing in it"
            : "\(missingEnvelopes) requests to QuickBooks are missing in it"
    }

    private var documentWords: String? {
        guard unknownDocuments > 0 else {
            return sign == .unknownDocuments ? "QuickBooks has documents that it does not know as sent" : nil
        }
        return unknownDocuments == 1
            ? "QuickBooks has a document that it does not know as sent"
            : "QuickBooks has \(unknownDocuments) documents that it does not know as sent"
    }

    private static func text(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle().year().month().day())
    }
}
