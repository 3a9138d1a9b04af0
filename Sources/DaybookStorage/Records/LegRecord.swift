// SPDX-License-Identifier: Apache-2.0
import Daybook

/// A leg in columns.
///
/// Queries name the table `l`; the currency is the export's, `e`.
enum LegRecord {
    static let columns = "l.store, l.role, l.number, l.account_source, l.side, l.amount, e.currency, l.text, l.part"

    static func read(_ row: inout SQLRow) throws -> Leg {
        let store = try row.store()
        let role = try row.optionalText()
        let number = try row.optionalText()
        let source = try row.optionalText()
        let side = try row.word(EntryLine.Side.self)
        let minorUnits = try row.integer()
        let amount = Money(minorUnits: minorUnits, currency: try row.currency())
        let line = EntryLine(
            store: store, account: try account(role: role, number: number, source: source), side: side, amount: amount,
            text: try row.text())
        return Leg(line, part: try part(row.optionalText()))
    }

    static let insertColumns =
        "transaction_serial, position, export_serial, store, role, number, account_source, side, amount, text, part"

    static func values(_ leg: Leg, transaction: Int64, position: Int, export: Int64) -> [SQLValue] {
        let line = leg.line
        let (role, number, source) = parts(of: line.account)
        return [
            .integer(transaction), .int(position), .integer(export), .int(line.store.value), .optional(role),
            .optional(number), .optional(source),
            .text(line.side.rawValue), .integer(line.amount.minorUnits), .text(line.text),
            .optional(leg.part?.rawValue),
        ]
    }

    static func parts(of account: EntryLine.Account) -> (role: String?, number: String?, source: String?) {
        switch account {
        case .role(let role): (role.code, nil, nil)
        case .number(let number): (nil, number.text, nil)
        case .named(let name): (nil, name.name, name.source)
        }
    }

    private static func part(_ text: String?) throws -> Leg.Part? {
        guard let text else { return nil }
        guard let part = Leg.Part(rawValue: text) else {
            throw StoredValueUnreadable(what: "a leg's part is not known")
        }
        return part
    }

    static func account(role: String?, number: String?, source: String?) throws -> EntryLine.Account {
        if let source, let number, let named = SourceAccount(source: source, name: number) { return .named(named) }
        if let role, let role = AccountRole(code: role) { return .role(role) }
        if let number, let number = AccountNumber(number) { return .number(number) }
        throw StoredValueUnreadable(what: "a line's account is neither a known role nor a number")
    }
}
