// SPDX-License-Identifier: Apache-2.0

extension Recording {
    /// A transaction with the exports that its company's posting mode makes of it.
    ///
    /// - Parameter attempt: How many ids were given up before because their document number was taken.
    /// - Throws: ``OperationRefused`` when the mode asks for what its kind of document can't do.
    package init(
        _ balanced: BalancedTransaction, mode: PostingMode, attempt: Int, digest: any Digest
    ) throws(OperationRefused) {
        let transaction = balanced.transaction
        var exports: [NewExport] = []
        for unit in mode.units(of: balanced) {
            exports.append(try NewExport(unit, of: transaction, attempt: attempt, digest: digest))
        }
        self.init(balanced, content: transaction.canonicalText(), exports: exports)
    }
}

extension Recording.NewExport {
    fileprivate init(
        _ unit: PlannedUnit, of transaction: Transaction, attempt: Int, digest: any Digest
    ) throws(OperationRefused) {
        let subject = ExportSubject(
            transaction.key, part: unit.part, operation: unit.operation.name, attempt: attempt)
        let id = subject.exportID(digest)
        let number = DocumentNumber(
            store: transaction.key.store, transactionID: transaction.key.id, exportID: id, digest: digest)
        try self.init(
            id: id, kind: unit.kind, operation: unit.operation, store: transaction.key.store, date: unit.date,
            total: unit.total, documentNumber: number, note: transaction.documentNote, legs: unit.legs,
            state: unit.state)
    }
}

extension Transaction {
    /// What the bookkeeper reads in QuickBooks after the marker.
    fileprivate var documentNote: String {
        var parts = ["\(event.kind.name) \(key.id)"]
        if let contract { parts.append("contract \(contract)") }
        if let customer { parts.append(customer.name) }
        if let memo { parts.append(memo) }
        return parts.joined(separator: " · ")
    }
}
