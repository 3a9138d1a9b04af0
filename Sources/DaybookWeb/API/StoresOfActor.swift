// SPDX-License-Identifier: Apache-2.0
import Daybook

/// Transactions that come in from somebody who may bring in those of certain stores only.
///
/// One of another store is a mistake like any other: named by line, field and remedy.
struct StoresOfActor: IntakeSource {
    let source: any IntakeSource
    let rights: Rights
    let books: BooksSettings

    func start() throws -> any IntakeRows { Rows(rows: try source.start(), stores: self) }

    private struct Rows: IntakeRows {
        var rows: any IntakeRows
        let stores: StoresOfActor

        mutating func next() throws -> [IntakeFile.Row]? { try rows.next()?.map(stores.checked) }
    }

    private func checked(_ row: IntakeFile.Row) -> IntakeFile.Row {
        guard case .success(let balanced) = row.result else { return row }
        let store = balanced.transaction.key.store
        guard !rights.allows(.record, at: books.connection(of: store), store) else { return row }
        return row.refused(
            field: "store", value: store.description,
            remedy: "send transactions of your own stores only, or ask an administrator for the right to this one")
    }
}
