// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation

/// The moment at which the tests play, and moments by the second after it.
let morning = Date(timeIntervalSince1970: 1_700_000_000)

func after(_ seconds: Double) -> Date { morning.addingTimeInterval(seconds) }

struct ExampleFailure: Error {}

func present<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw ExampleFailure() }
    return value
}

func cents(_ amount: Int64) -> Money { Money(minorUnits: amount, currency: .usd) }

enum Examples {
    static let digest = SystemDigest()

    /// A rental paid by card, through the posting rules.
    static func rental(
        _ id: String, cents amount: Int64 = 12_345, store: Int = 1, customer: String = "Ann Ostrander",
        contract: String? = nil
    ) throws -> Recording {
        let store = try present(StoreNumber(store))
        let balanced = try BalancedTransaction(
            Transaction(
                key: .init(source: "counter", store: store, id: id),
                date: try present(CalendarDate(year: 2023, month: 11, day: 14)), currency: .usd,
                customer: Customer(id: "C1", name: customer, isAccountCustomer: false), contract: contract,
                event: .invoice(
                    charges: [Charge(kind: .rental, category: "aerial", amount: cents(amount))],
                    taxes: [Tax(jurisdiction: "state", amount: cents(amount / 20))],
                    payments: [Payment(tender: .card, brand: "visa", amount: cents(amount + amount / 20))])))
        let (transaction, entry) = (balanced.transaction, balanced.entry)
        let exportID = Export.ID(Base32.text(digest.sha256(Array("\(store)/\(id)".utf8)).prefix(16)))
        let export = try Recording.NewExport(
            id: exportID, kind: .journalEntry, operation: .create, store: store, date: transaction.date,
            total: entry.total,
            documentNumber: DocumentNumber(store: store, transactionID: id, exportID: exportID, digest: digest),
            note: "Contract \(id)", legs: Array(entry.legs.indices),
            state: entry.total.isZero ? .nothingToPost : .pending)
        return Recording(balanced, content: "\(id) \(amount)", exports: [export])
    }

    static func rentals(_ count: Int) throws -> [Recording] {
        try (1...count).map { try rental("R\($0)", cents: Int64(1000 + $0)) }
    }

    static func envelope(
        _ requestID: String, of units: [PostingUnit], realmID: String? = nil, at: Date = morning
    ) -> Envelope {
        let body = Array("{\"request\":\"\(requestID)\"}".utf8)
        return Envelope(
            requestID: requestID, connection: .first, realmID: realmID,
            request: FrozenRequest(target: "/v3/company/1/batch", body: body, sha256: digest.sha256(body)),
            items: units.map { unit in
                Envelope.Item(
                    exportSerial: unit.export.serial, exportID: unit.export.id,
                    batchItemID: unit.export.batchItemID, kind: unit.export.kind, operation: unit.operation,
                    documentNumber: unit.export.documentNumber,
                    date: unit.export.date, total: unit.export.total)
            }, preparedAt: at)
    }

    static func change(_ export: Export, to progress: ExportProgress, at: Date = morning) -> ExportChange {
        ExportChange(
            serial: export.serial, from: export.progress, to: progress,
            note: ExportNote(at: at, text: "now \(progress.state.name.title)"))
    }

    static let company = Company(realmID: "9130000000000001", name: "Ridge Rentals")
    static let app = App(
        environment: .sandbox, clientID: "ABclient", clientSecret: Secret("canary-client-secret-7Q"))

    static func grant(_ generation: Int64 = 1) -> Grant {
        Grant(
            generation: generation, accessToken: Secret("canary-access-\(generation)-ZX"),
            accessExpiresAt: after(3600), refreshToken: Secret("canary-refresh-\(generation)-KW"),
            refreshTokenSince: morning, idleExpiresAt: after(8_726_400), hardExpiresAt: after(157_680_000),
            refreshedAt: morning)
    }

    static func note(_ text: String) -> ConnectionNote {
        ConnectionNote(.refreshed, at: morning, text: text, by: .command("tests"))
    }
}

extension Storage {
    func agenda(at: Date = morning, limit: Int = 100) async throws -> Agenda {
        try await agenda(for: .first, now: at, limit: limit)
    }

    func agenda(for connection: Connection.ID, now: Date, limit: Int) async throws -> Agenda {
        try await agenda(for: connection, now: now, longestLookWait: .seconds(600), limit: limit)
    }

    func lease(_ holder: String = "worker", at: Date = morning, seconds: Double = 60) async throws -> Lease {
        try present(try await claim(.first, holder: holder, now: at, until: at.addingTimeInterval(seconds)))
    }

    /// Records rentals, puts the first of them in one envelope, and answers these as they are then.
    func exporting(
        _ count: Int, limit: Int = 100, requestID: String = "r1", lease: Lease
    ) async throws -> [PostingUnit] {
        _ = try await record(Examples.rentals(count), policy: .allOrNothing, at: morning)
        let units = try await agenda(limit: limit).pending
        try await open(
            Examples.envelope(requestID, of: units),
            changes: units.map { Examples.change($0.export, to: ExportProgress(state: .exporting)) }, lease: lease,
            at: morning)
        return units.map { unit in
            var export = unit.export
            export.progress.state = .exporting
            return PostingUnit(export: export, operation: unit.operation, legs: unit.legs, note: unit.note)
        }
    }
}

extension Recording.NewExport {
    /// The same with some of it changed.
    func with(
        kind: DocumentKind? = nil, operation: DocumentOperation? = nil, total: Money? = nil,
        documentNumber: DocumentNumber? = nil, legs: [Int]? = nil, state: InitialState? = nil,
        dependsOn: [Export.ID]? = nil
    ) throws -> Recording.NewExport {
        try .init(
            id: id, kind: kind ?? self.kind, operation: operation ?? self.operation, store: store, date: date,
            total: total ?? self.total, documentNumber: documentNumber ?? self.documentNumber, note: note,
            legs: legs ?? self.legs, state: state ?? self.state, dependsOn: dependsOn ?? self.dependsOn)
    }
}

extension Recording {
    /// The same transaction with other exports.
    func with(_ exports: [NewExport]) -> Recording {
        Recording(balanced, content: content, exports: exports)
    }
}
