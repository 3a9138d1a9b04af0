// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookQuickBooks
import DaybookStorage
import Foundation
import HTTPTransport
import IntuitSandbox

/// What the bookkeeper does in Daybook, and what others do in QuickBooks.
extension Chaos {
    func performAsPerson(_ act: Act) async throws {
        let desk = world.worker.desk
        switch act {
        case .resetErrors: _ = try await desk.queue.reset(.inState(.error), by: .command("bookkeeper"))
        case .holdSome: _ = try await desk.queue.hold(.serials(try await somePending()), by: .command("bookkeeper"))
        case .releaseHeld: _ = try await desk.queue.release(.inState(.onHold), by: .command("bookkeeper"))
        case .removeNumber:
            var books = try World.books()
            let kinds: [AccountRole.Kind] = [.receivablesControl, .securityDeposits, .delivery]
            books.numbers[.defaults, AccountRole(kinds.randomElement(using: &world.random) ?? .delivery)] = nil
            try await desk.books.save(books, by: .command("bookkeeper"))
        case .restoreNumbers: try await desk.books.save(try World.books(), by: .command("bookkeeper"))
        case .deactivateAccount: try await world.setAccount("2100", active: false)
        case .activateAccount: try await world.setAccount("2100", active: true)
        case .closeBooks: try await closeBooks(year: 2026, month: 11, day: 2)
        case .reopenBooks: try await closeBooks(year: 2020, month: 1, day: 1)
        case .revoke: try await revoke()
        case .removeUser: try world.removeUser(true)
        case .lapse: try world.lapse(true)
        case .renew: try world.lapse(false)
        default: break
        }
    }

    /// Somebody presses Disconnect at Intuit.
    private func revoke() async throws {
        guard let grant = try await world.storage.connection(World.connection)?.grant else { return }
        let app = App(
            environment: .sandbox, clientID: SandboxApp.development.clientID,
            clientSecret: Secret(SandboxApp.development.clientSecret))
        let issuer = IntuitTokenIssuer(
            transport: world.sandbox, environments: world.surroundings.environments, clock: world.clock)
        do {
            try await issuer.revoke(grant.refreshToken, app: app)
        } catch {
            // A mishap befell the call: it is not known whether the grant has ended.
        }
    }

    private func somePending() async throws -> [Int64] {
        let page = try await world.storage.exports(matching: ExportFilter(state: .pending, pageSize: 20))
        return page.rows.map(\.export.serial).filter { _ in world.random.happens(0.3) }
    }

    func closeBooks(year: Int, month: Int, day: Int) async throws {
        guard let date = CalendarDate(year: year, month: month, day: day) else { return }
        try await world.closeBooks(through: date)
    }

    /// Mends all that was broken, one thing at a time; true when something was.
    func mend() async throws -> Bool {
        try world.removeUser(false)
        try world.lapse(false)
        guard try await world.storage.connection(World.connection)?.status != .connected else { return false }
        try await reconnect()
        return true
    }

    private func reconnect() async throws {
        do {
            try await world.connect()
        } catch is Desk.Refused {
            // A mishap befell the consent. A minute later the keeper may have finished it; else again.
            try await world.pass(.seconds(60))
        } catch is Crash {
            try await world.restart()
        }
    }
}
