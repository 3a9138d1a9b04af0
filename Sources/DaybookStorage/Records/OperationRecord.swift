// SPDX-License-Identifier: Apache-2.0
import Daybook

/// An operation on a document, in columns.
enum OperationRecord {
    static let columns = ["operation", "target_id", "target_sync_token"]

    static let columnsOfExports = columns.map { "e.\($0)" }.joined(separator: ", ")

    static func values(_ operation: DocumentOperation) -> [SQLValue] {
        [
            .text(operation.name.rawValue), .optional(operation.target?.documentID),
            .optional(operation.target?.syncToken),
        ]
    }

    static func read(_ row: inout SQLRow) throws -> DocumentOperation {
        let name = try row.word(DocumentOperation.Name.self)
        let (id, syncToken) = (try row.optionalText(), try row.optionalText())
        var target: DocumentOperation.Target?
        if let id, let syncToken { target = .init(documentID: id, syncToken: syncToken) }
        guard let operation = DocumentOperation(name, target: target) else {
            throw StoredValueUnreadable(what: "an export to \(name.rawValue) a document lacks its target")
        }
        return operation
    }
}
