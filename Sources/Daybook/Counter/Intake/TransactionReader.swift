// SPDX-License-Identifier: Apache-2.0

/// Reads a transaction from an object in the format of docs/transactions.md, or finds all its mistakes.
enum TransactionReader {
    static func read(_ tape: FieldTape, line: Int?) -> Result<BalancedTransaction, IntakeProblems> {
        guard tape.values[0].kind == .object else {
            let problem = IntakeProblem(
                line: line, field: "transaction", value: tape.shown(0), remedy: "write an object: { … }")
            return .failure(IntakeProblems([problem]))
        }
        var reader = FieldReader(tape, line: line)
        let transaction = transaction(&reader)
        reader.refuseUnknownFields()
        guard reader.problems.isEmpty, let transaction else { return .failure(IntakeProblems(reader.problems)) }
        return balanced(transaction, line: line)
    }

    private static func transaction(_ reader: inout FieldReader) -> Transaction? {
        let key = key(&reader)
        let date = date(&reader)
        let currency = currency(&reader)
        let kind = reader.choice("type", of: CounterEvent.Kind.self)
        let contract = reader.identifier("contract", limit: 40)
        let memo = reader.text("memo", limit: 500)
        let customer = customer(&reader)
        guard let currency, let kind else {
            // Without the type it is not known which fields belong to the transaction, and without the currency no
            // amount can be read. So none of these is reported as unknown.
            reader.leaveUnread(["charges", "taxes", "payments", "amount", "lines"])
            return nil
        }
        let event = CounterEventReader(currency: currency, source: key?.source).event(kind, &reader)
        guard let key, let date, let event else { return nil }
        return Transaction(
            key: key, date: date, currency: currency, customer: customer, contract: contract, memo: memo, event: event)
    }

    private static func key(_ reader: inout FieldReader) -> Transaction.Key? {
        let source = reader.identifier("source", limit: 40, required: "name the system it comes from, such as elite")
        let store = reader.number("store", in: 1...9999).flatMap { StoreNumber($0) }
        let id = reader.identifier("id", limit: 60, required: "write the transaction's number in that system")
        let revision = reader.number("revision", in: 1...999_999, standard: 1)
        if let revision, revision > 1 {
            reader.note(
                "revision", "\(revision)",
                "a revision above 1 (a correction) can't be taken yet; enter the difference as a transaction of its own"
            )
        }
        guard let source, let store, let id, let revision else { return nil }
        return Transaction.Key(source: source, store: store, id: id, revision: revision)
    }

    private static func date(_ reader: inout FieldReader) -> CalendarDate? {
        let remedy = "write the business date as YYYY-MM-DD, such as 2026-11-16"
        guard let text = reader.text("date", limit: 40, required: remedy) else { return nil }
        guard let date = CalendarDate(text: text) else {
            reader.note("date", text, remedy)
            return nil
        }
        return date
    }

    private static func currency(_ reader: inout FieldReader) -> Currency? {
        guard let text = reader.text("currency", limit: 40) else { return .usd }
        guard let currency = Currency(code: text), currency.isInUse else {
            reader.note("currency", text, "write a currency's three capital letters, such as USD")
            return nil
        }
        return currency
    }

    private static func customer(_ reader: inout FieldReader) -> Customer? {
        guard var inner = reader.object("customer") else { return nil }
        let id = inner.identifier("id", limit: 60, required: "write the customer's number, or leave the customer out")
        let name = inner.text("name", limit: 100, required: "write the customer's name")
        let isAccount = inner.flag("account") ?? false
        inner.refuseUnknownFields()
        reader.adopt(inner.problems)
        guard let id, let name else { return nil }
        return Customer(id: id, name: name, isAccountCustomer: isAccount)
    }

    /// Refuses a transaction that the posting rules can't turn into a balanced entry.
    private static func balanced(
        _ transaction: Transaction, line: Int?
    ) -> Result<BalancedTransaction, IntakeProblems> {
        do throws(EntryError) {
            return .success(try BalancedTransaction(transaction))
        } catch {
            let problem = IntakeProblem(
                line: line, field: "amounts", value: transaction.event.kind.rawValue, remedy: remedy(error, transaction)
            )
            return .failure(IntakeProblems([problem]))
        }
    }

    private static func remedy(_ error: EntryError, _ transaction: Transaction) -> String {
        switch (error, transaction.event) {
        case (.unbalanced(let debits, let credits), .refund):
            "charges and taxes (\(debits.text)) and the money given back (\(credits.text)) must be equal"
        default:
            String(error.message.dropLast())
        }
    }
}

/// All mistakes of one transaction.
package struct IntakeProblems: Error, Sendable, Equatable {
    package let list: [IntakeProblem]

    package init(_ list: [IntakeProblem]) { self.list = list }
}
