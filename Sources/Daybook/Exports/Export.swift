// SPDX-License-Identifier: Apache-2.0

/// The delivery of one unit to QuickBooks Online, with its whole history.
package struct Export: Sendable, Equatable {
    /// 26 characters, derived from what the export delivers (``ExportSubject``); the marker in QuickBooks contains it.
    ///
    /// An export recorded before ids were derived keeps its random one.
    package struct ID: Hashable, Sendable, CustomStringConvertible {
        package let text: String

        package init(_ text: String) { self.text = text }

        package var description: String { text }

        /// The start of every document's PrivateNote, by which a document is known to be ours.
        package var marker: String { "Daybook \(text)" }

        /// The marker as a request writes it: with the start of the request's id, which tells two senders of one export
        /// apart.
        package func marker(in requestID: String) -> String { "\(marker)/\(requestID.prefix(Self.requestLength))" }

        /// Whether a document was written by this request.
        ///
        /// - Returns: Nil when its PrivateNote names no request: older versions wrote none, and people change memos.
        package func isMarked(by requestID: String, in note: String) -> Bool? {
            guard marks(note), note.dropFirst(marker.count).first == "/" else { return nil }
            let named = note.dropFirst(marker.count + 1).prefix(Self.requestLength)
            guard named.count == Self.requestLength, named.allSatisfy(\.isHexDigit) else { return nil }
            return requestID.hasPrefix(named)
        }

        private static let requestLength = 8

        /// Whether a PrivateNote begins with the marker, and the id ends there.
        package func marks(_ note: String) -> Bool {
            guard note.hasPrefix(marker) else { return false }
            return note.dropFirst(marker.count).first.map { !$0.isLetter && !$0.isNumber } ?? true
        }

        /// The id in the marker that a PrivateNote begins with; nil when it begins with none.
        package static func marked(by note: String) -> ID? {
            let start = ID("").marker
            guard note.hasPrefix(start) else { return nil }
            let id = note.dropFirst(start.count).prefix { $0.isLetter || $0.isNumber }
            return id.count == length ? ID(String(id)) : nil
        }

        private static let length = 26
    }

    /// Counts exports in the order they were recorded.
    package let serial: Int64
    package let id: ID
    package let connection: Connection.ID
    package let kind: DocumentKind
    package let operation: DocumentOperation.Name
    package let store: StoreNumber
    package let date: CalendarDate
    package let total: Money
    package let documentNumber: DocumentNumber
    package var progress: ExportProgress

    package init(
        serial: Int64, id: ID, connection: Connection.ID, kind: DocumentKind, operation: DocumentOperation.Name,
        store: StoreNumber, date: CalendarDate, total: Money, documentNumber: DocumentNumber,
        progress: ExportProgress = .init()
    ) {
        self.serial = serial
        self.id = id
        self.connection = connection
        self.kind = kind
        self.operation = operation
        self.store = store
        self.date = date
        self.total = total
        self.documentNumber = documentNumber
        self.progress = progress
    }

    /// The batch item id: the serial in base 36, at most 10 characters.
    package var batchItemID: String { String(serial, radix: 36) }
}

/// What QuickBooks answered for a posted document.
package struct Receipt: Hashable, Sendable {
    package let documentID: String
    package let syncToken: String
    /// Whether the document was found by a look rather than answered to its own request.
    package let wasLookedUp: Bool

    package init(documentID: String, syncToken: String, wasLookedUp: Bool = false) {
        self.documentID = documentID
        self.syncToken = syncToken
        self.wasLookedUp = wasLookedUp
    }
}
