// SPDX-License-Identifier: Apache-2.0
import Daybook

extension Actor {
    /// Whether it may do something with what belongs to a company and a store.
    func may(_ verb: Desk.Verb, _ export: Export) -> Bool {
        rights?.allows(verb, at: export.connection, export.store) ?? true
    }

    /// An export that somebody may not see is answered as if it were not there.
    func maySee(_ export: Export) -> Bool { may(.see, export) }

    func maySee(_ connection: Connection.ID, _ store: StoreNumber) -> Bool {
        rights?.allows(.see, at: connection, store) ?? true
    }

    /// Whether anything of a company may be seen.
    func maySee(_ connection: Connection.ID) -> Bool {
        guard let places = rights?.places(for: .see) else { return true }
        return places.contains { $0.company == nil || $0.company == connection }
    }

    /// Whether all of a company may be seen, whatever the store.
    func maySeeAll(of connection: Connection.ID) -> Bool {
        guard let places = rights?.places(for: .see) else { return true }
        return places.contains { $0.store == nil && ($0.company == nil || $0.company == connection) }
    }

    /// Somebody who may bring transactions in may also see what became of them.
    func maySee(_ recorded: RecordedTransaction, in books: BooksSettings) -> Bool {
        guard let rights else { return true }
        let companies = [books.connection(of: recorded.key.store)] + recorded.exports.map(\.connection)
        return [Desk.Verb.see, .record].contains { verb in
            companies.contains { rights.allows(verb, at: $0, recorded.key.store) }
        }
    }
}
