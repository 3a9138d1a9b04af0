// SPDX-License-Identifier: Apache-2.0

/// What an export delivers.
///
/// The export's id is derived from this alone. A transaction that is recorded again after a restore therefore gets the
/// same id, marker and document number, and is found in QuickBooks by them.
package struct ExportSubject: Hashable, Sendable {
    package let transaction: Transaction.Key
    package let part: DocumentPart
    package let operation: DocumentOperation.Name
    /// How many earlier ids were given up because another export of the company has their document number; mostly 0.
    package let attempt: Int

    package init(
        _ transaction: Transaction.Key, part: DocumentPart = .entry, operation: DocumentOperation.Name = .create,
        attempt: Int = 0
    ) {
        self.transaction = transaction
        self.part = part
        self.operation = operation
        self.attempt = attempt
    }

    /// The first 16 bytes of SHA-256 over ``encoding``, in base 32: 26 characters.
    package func exportID(_ digest: any Digest) -> Export.ID {
        Export.ID(Base32.text(digest.sha256(encoding).prefix(16)))
    }

    /// Each field's length in 8 bytes, most significant first, followed by the field as UTF-8, so that no two subjects
    /// share an encoding.
    ///
    /// It never changes, because QuickBooks holds documents whose markers come from it.
    package var encoding: [UInt8] {
        var fields = [
            "daybook export 1", transaction.source, "\(transaction.store.value)", transaction.id,
            "\(transaction.revision)", part.rawValue, operation.rawValue,
        ]
        if attempt > 0 { fields.append("\(attempt)") }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(160)
        for field in fields {
            let length = UInt64(field.utf8.count)
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: length >> shift))
            }
            bytes.append(contentsOf: field.utf8)
        }
        return bytes
    }
}
