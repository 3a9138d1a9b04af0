// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// The frozen bytes of one request.
///
/// It is committed before its first byte is sent, never changed, and never sent again once its outcome is unknown.
package struct Envelope: Sendable, Equatable {
    package struct Item: Sendable, Equatable {
        package let exportSerial: Int64
        package let exportID: Export.ID
        package let batchItemID: String
        package let kind: DocumentKind
        package let operation: DocumentOperation
        package let documentNumber: DocumentNumber
        package let date: CalendarDate
        package let total: Money

        package init(
            exportSerial: Int64, exportID: Export.ID, batchItemID: String, kind: DocumentKind,
            operation: DocumentOperation, documentNumber: DocumentNumber, date: CalendarDate, total: Money
        ) {
            self.exportSerial = exportSerial
            self.exportID = exportID
            self.batchItemID = batchItemID
            self.kind = kind
            self.operation = operation
            self.documentNumber = documentNumber
            self.date = date
            self.total = total
        }
    }

    /// 32 random hex digits, Intuit's `requestid`; also the envelope's identity.
    package let requestID: String
    package let connection: Connection.ID
    /// The company it was composed for; nil where that was never noted.
    package let realmID: String?
    package let request: FrozenRequest
    package let items: [Item]
    package let preparedAt: Date

    package init(
        requestID: String, connection: Connection.ID, realmID: String?, request: FrozenRequest, items: [Item],
        preparedAt: Date
    ) {
        self.requestID = requestID
        self.connection = connection
        self.realmID = realmID
        self.request = request
        self.items = items
        self.preparedAt = preparedAt
    }

    /// Whether its bytes may be sent.
    package enum Phase: String, Sendable {
        /// Committed for its first sending, or known not to have been executed: may be sent.
        case ready
        /// A byte of it may have left. When a restart finds it in this phase, its outcome is unknown.
        case sending
        /// Every item has been settled, or is being looked up.
        case closed
    }
}

/// The exact request: where it goes (without the token) and its bytes, with their SHA-256.
package struct FrozenRequest: Sendable, Equatable {
    /// Path and query, `requestid` included.
    package let target: String
    package let body: [UInt8]
    package let sha256: [UInt8]

    package init(target: String, body: [UInt8], sha256: [UInt8]) {
        self.target = target
        self.body = body
        self.sha256 = sha256
    }
}
