// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookWeb
import HTTPTypes
import Logging

/// Where the commands for account numbers and stores are carried out: the data folder itself, or a server.
protocol BooksBackend: Sendable {
    func numbers() async throws -> AccountNumbersBody
    /// Replaces all of them; exports that waited for a number are tried again.
    func save(_ numbers: AccountNumbersBody) async throws -> AccountNumbersBody
    func stores() async throws -> [StoreResponse]
    func assign(_ store: StoreNumber, to connection: Int64) async throws -> StoreMoveResponse
    func confirm(_ store: StoreNumber, name: String, in connection: Int64) async throws -> StoreMoveResponse
    /// Asks QuickBooks.
    func checkAccounts(_ connection: Int64) async throws -> AccountCheckShape
    /// By what QuickBooks said last.
    func accountCheck(_ connection: Int64) async throws -> AccountCheckShape
    /// Chooses the account of a role; nil takes it away.
    func choose(
        _ account: String?, for slot: AccountNumbers.Slot, in connection: Int64
    ) async throws -> RoleAccountShape
    func answer(
        _ answer: AccountAnswer, for slot: AccountNumbers.Slot, in connection: Int64
    ) async throws -> RoleAccountShape
    func accountNames(_ connection: Int64) async throws -> [AccountNameShape]
    /// Chooses the account that a name means; nil takes a choice back.
    func choose(
        _ account: String?, for name: SourceAccount, in connection: Int64
    ) async throws -> AccountNameShape
}

/// Works in the data folder itself, under its exclusive lock.
struct LocalBooksBackend: BooksBackend {
    let assembly: Assembly

    func numbers() async throws -> AccountNumbersBody {
        AccountNumbersBody(try await assembly.desk.books.settings())
    }

    func save(_ numbers: AccountNumbersBody) async throws -> AccountNumbersBody {
        try await assembly.desk.books.save(try AccountNumbersReading.read(numbers), by: LocalPeopleBackend.who)
        return try await self.numbers()
    }

    func stores() async throws -> [StoreResponse] {
        StoreResponse.all(
            in: try await assembly.desk.books.settings(), connections: try await assembly.desk.connections.all())
    }

    func assign(_ store: StoreNumber, to connection: Int64) async throws -> StoreMoveResponse {
        StoreMoveResponse(
            try await assembly.desk.books.assign(store, to: Connection.ID(connection), by: LocalPeopleBackend.who))
    }

    func confirm(_ store: StoreNumber, name: String, in connection: Int64) async throws -> StoreMoveResponse {
        StoreMoveResponse(
            try await assembly.desk.books.confirm(
                store, name: name, in: Connection.ID(connection), by: LocalPeopleBackend.who))
    }

    func checkAccounts(_ connection: Int64) async throws -> AccountCheckShape {
        let id = Connection.ID(connection)
        return AccountCheckShape(
            try await assembly.desk.connections.checkAccounts(of: id, by: LocalPeopleBackend.who), of: id)
    }

    func accountCheck(_ connection: Int64) async throws -> AccountCheckShape {
        let id = Connection.ID(connection)
        guard let check = try await assembly.desk.books.accountCheck(of: id) else {
            throw CommandFailure(
                "QuickBooks was not asked for the accounts of connection \(connection) yet. Run daybook accounts check."
            )
        }
        return AccountCheckShape(check, of: id)
    }

    func choose(
        _ account: String?, for slot: AccountNumbers.Slot, in connection: Int64
    ) async throws -> RoleAccountShape {
        let id = Connection.ID(connection)
        var row: AccountChart.Row?
        if let account { row = try await chosen(account, in: id) }
        try await assembly.desk.books.choose([slot: row], in: id, by: LocalPeopleBackend.who)
        return try await roleAccount(slot, in: id)
    }

    func answer(
        _ answer: AccountAnswer, for slot: AccountNumbers.Slot, in connection: Int64
    ) async throws -> RoleAccountShape {
        let id = Connection.ID(connection)
        try await assembly.desk.books.answer(slot, answer, in: id, by: LocalPeopleBackend.who)
        return try await roleAccount(slot, in: id)
    }

    private func roleAccount(_ slot: AccountNumbers.Slot, in id: Connection.ID) async throws -> RoleAccountShape {
        RoleAccountShape(slot, try await assembly.desk.books.keptAccounts(of: id)[slot], of: id)
    }

    private func chosen(_ text: String, in id: Connection.ID) async throws -> AccountChart.Row {
        let chart = try await assembly.desk.connections.chart(of: id)
        do throws(AccountChart.Refused) {
            return try chart.row(text)
        } catch {
            throw CommandFailure(error.message)
        }
    }

    func accountNames(_ connection: Int64) async throws -> [AccountNameShape] {
        try await assembly.desk.books.accountNames(of: Connection.ID(connection)).map(AccountNameShape.init)
    }

    func choose(
        _ account: String?, for name: SourceAccount, in connection: Int64
    ) async throws -> AccountNameShape {
        let id = Connection.ID(connection)
        var choice: ChosenAccount?
        if let account { choice = try await chosen(account, in: id).choice }
        try await assembly.desk.books.choose([name: choice], in: id, by: LocalPeopleBackend.who)
        return AccountNameShape(NamedAccount(connection: id, account: name, choice: choice))
    }
}

/// Works through a running server's API.
struct RemoteBooksBackend: BooksBackend {
    let server: DaybookServer

    private struct Listed: Decodable {
        let stores: [StoreResponse]
    }

    private static let numbers = "/api/v1/account-numbers"

    func numbers() async throws -> AccountNumbersBody { try await server.get(Self.numbers) }

    func save(_ numbers: AccountNumbersBody) async throws -> AccountNumbersBody {
        try await server.send(.put, Self.numbers, numbers)
    }

    func stores() async throws -> [StoreResponse] {
        try await server.get("/api/v1/stores", as: Listed.self).stores
    }

    func assign(_ store: StoreNumber, to connection: Int64) async throws -> StoreMoveResponse {
        try await server.send(.put, "/api/v1/stores/\(store)/connection", ["connection": connection])
    }

    func confirm(_ store: StoreNumber, name: String, in connection: Int64) async throws -> StoreMoveResponse {
        try await server.send(.put, "/api/v1/stores/\(store)", NamedStore(name: name, connection: connection))
    }

    private struct NamedStore: Encodable {
        let name: String
        let connection: Int64
    }

    func checkAccounts(_ connection: Int64) async throws -> AccountCheckShape {
        try await server.send(.post, "/api/v1/account-check", ["connection": connection])
    }

    func accountCheck(_ connection: Int64) async throws -> AccountCheckShape {
        try await server.get("/api/v1/account-check?connection=\(connection)")
    }

    private struct RoleChoice: Encodable {
        let connection: Int64
        let store: Int
        let role: String
        var account: String?
        var answer: String?
    }

    func choose(
        _ account: String?, for slot: AccountNumbers.Slot, in connection: Int64
    ) async throws -> RoleAccountShape {
        let choice = RoleChoice(
            connection: connection, store: slot.store.value, role: slot.role.code, account: account)
        return try await server.send(.put, "/api/v1/role-accounts", choice)
    }

    func answer(
        _ answer: AccountAnswer, for slot: AccountNumbers.Slot, in connection: Int64
    ) async throws -> RoleAccountShape {
        let choice = RoleChoice(
            connection: connection, store: slot.store.value, role: slot.role.code, answer: answer.rawValue)
        return try await server.send(.post, "/api/v1/account-check/answers", choice)
    }

    private struct Names: Decodable {
        let names: [AccountNameShape]
    }

    private struct Choice: Encodable {
        let connection: Int64
        let source: String
        let name: String
        let account: String?
    }

    func accountNames(_ connection: Int64) async throws -> [AccountNameShape] {
        try await server.get("/api/v1/account-names?connection=\(connection)", as: Names.self).names
    }

    func choose(
        _ account: String?, for name: SourceAccount, in connection: Int64
    ) async throws -> AccountNameShape {
        try await server.send(
            .put, "/api/v1/account-names",
            Choice(connection: connection, source: name.source, name: name.name, account: account))
    }
}

extension PlaceOptions {
    /// Runs a part of a command on the server or on the data folder, and closes it.
    func withBooks<Value>(_ body: (any BooksBackend) async throws -> Value) async throws -> Value {
        try await withPlace { place in
            switch place {
            case .folder(let assembly): try await body(LocalBooksBackend(assembly: assembly))
            case .server(let server): try await body(RemoteBooksBackend(server: server))
            }
        }
    }
}
