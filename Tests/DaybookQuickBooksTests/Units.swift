// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookQuickBooks
import Foundation
import Testing

/// Units as the exporter hands them to the ledger.
enum Units {
    static func money(_ cents: Int64) -> Money { Money(minorUnits: cents, currency: .usd) }

    static func export(_ serial: Int64, cents: Int64 = 10_725, operation: DocumentOperation = .create) throws -> Export
    {
        let store = try #require(StoreNumber(2))
        let id = Export.ID(String(repeating: "A", count: 25) + String(serial % 10))
        return Export(
            serial: serial, id: id, connection: .first, kind: .journalEntry, operation: operation.name, store: store,
            date: try #require(CalendarDate(year: 2026, month: 11, day: 15)), total: money(cents),
            documentNumber: DocumentNumber(
                store: store, transactionID: "INV-\(serial)", exportID: id, digest: TestDigest()))
    }

    static func unit(
        _ serial: Int64, cents: Int64 = 10_725, note: String = "Invoice", classID: String? = nil,
        departmentID: String? = nil, text: String = "Scissor lift", operation: DocumentOperation = .create,
        currency: String? = nil
    ) throws -> ResolvedUnit {
        let sides: [(EntryLine.Side, String)] = [(.debit, "35"), (.credit, "79")]
        let lines = sides.map { side, account in
            JournalEntryDocument.Line(
                accountID: account, side: side, amount: money(cents), text: text, classID: classID,
                departmentID: departmentID)
        }
        return ResolvedUnit(
            export: try export(serial, cents: cents, operation: operation), operation: operation,
            document: .journalEntry(.init(lines: lines, currency: currency)), note: note)
    }

    static func envelope(_ units: [ResolvedUnit], by ledger: QuickBooksLedger) throws -> Envelope {
        let requestID = "0123456789abcdef0123456789abcdef"
        let items = units.map { unit in
            Envelope.Item(
                exportSerial: unit.export.serial, exportID: unit.export.id, batchItemID: unit.export.batchItemID,
                kind: unit.export.kind, operation: unit.operation,
                documentNumber: unit.export.documentNumber, date: unit.export.date, total: unit.export.total)
        }
        return Envelope(
            requestID: requestID, connection: .first, realmID: company.realmID,
            request: try ledger.compose(units, company: company, requestID: requestID), items: items,
            preparedAt: FixedClock().now)
    }
}
