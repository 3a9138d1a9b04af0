// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Logging

/// Where `daybook notify` works: a running server, or the data folder when none has it open.
protocol NotifierBook: Sendable {
    func list() async throws -> [NotifierRow]
    func add(kind: Notifier.Kind, address: String) async throws -> AddedRow
    func remove(_ id: Int64) async throws
    func test(_ id: Int64) async throws -> TrialRow
    func log(_ most: Int) async throws -> [DeliveryRow]
    func close() async throws
}

enum NotifierBooks {
    static func with<Value>(
        _ options: PlaceOptions, _ body: (any NotifierBook) async throws -> Value
    ) async throws -> Value {
        let book = try await plainly { try await open(options) }
        do {
            let value = try await body(book)
            try await book.close()
            return value
        } catch let refused as Desk.Refused {
            try await book.close()
            throw CommandFailure(refused.message)
        } catch {
            try await book.close()
            throw error
        }
    }

    private static func open(_ options: PlaceOptions) async throws -> any NotifierBook {
        switch try await options.find(logLevel: .critical) {
        case .folder(let assembly): return DeskNotifierBook(assembly: assembly)
        case .server(let server):
            await server.introduce()
            return APINotifierBook(server: server)
        }
    }
}

/// The data folder's own, under its exclusive lock.
struct DeskNotifierBook: NotifierBook {
    private static let who = Actor.command("command line")

    let assembly: Assembly

    func list() async throws -> [NotifierRow] { try await assembly.desk.notifications.list().map(NotifierRow.init) }

    func add(kind: Notifier.Kind, address: String) async throws -> AddedRow {
        let added = try await assembly.desk.notifications.add(.init(kind: kind, address: address), by: Self.who)
        return AddedRow(
            notifier: NotifierRow(added.notifier), secret: added.secret?.reveal(), trial: added.trial.map(TrialRow.init)
        )
    }

    func remove(_ id: Int64) async throws {
        try await assembly.desk.notifications.remove(Notifier.ID(id), by: Self.who)
    }

    func test(_ id: Int64) async throws -> TrialRow {
        TrialRow(try await assembly.desk.notifications.test(Notifier.ID(id), by: Self.who))
    }

    func log(_ most: Int) async throws -> [DeliveryRow] {
        try await assembly.desk.notifications.deliveries(limit: most).map(DeliveryRow.init)
    }

    func close() async throws { try await assembly.close() }
}
