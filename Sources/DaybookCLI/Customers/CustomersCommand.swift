// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import DaybookWeb

/// `daybook customers`: finds customers, and takes their names out of the database.
struct CustomersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customers",
        abstract: "Find customers, and take the name of one who asks for it out of Daybook.",
        discussion: """
            Works through the running `daybook serve`, or on the data folder when none runs; no API key may use it. Customers who \
            were not seen for years are anonymized by the server itself where DAYBOOK_CUSTOMERS_YEARS says so.
            """,
        subcommands: [List.self, Anonymize.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List customers by name, with their transactions and what became of them.",
            discussion: """
                Without a name it lists all who are not anonymized, the one whose last transaction is oldest first.
                Example: daybook customers list "ann lake"
                """)

        @Argument(help: "Words of the name, or their beginnings.")
        var name: String?

        @Option(help: "How many customers, 1 to 500.")
        var limit = 100

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func validate() throws {
            guard (1...500).contains(limit) else { throw ValidationError("--limit takes 1 to 500.") }
        }

        func run() async throws {
            let wanted = name.map(CustomerFilter.Wanted.named) ?? .oldest
            let rows = try await place.withCustomers {
                try await $0.customers(matching: CustomerFilter(wanted, limit: limit))
            }
            try form.say(rows, rows.isEmpty ? ["No customer fits."] : rows.map(\.line))
        }
    }

    struct Anonymize: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Replace a customer's name, number and texts by a pseudonym; this can't be taken back.",
            discussion: """
                In the customer's stored transactions the name and the number become a pseudonym, memos go, and names, mail \
                addresses and telephone numbers go from the texts of lines. Amounts, dates, accounts, document numbers and what \
                became of each export stay, and the same file may be imported again. It is refused while something of the \
                customer is not settled, and says what.
                What is in QuickBooks stays there, and so does what is in backups until they are replaced. It asks before it does \
                so. Where standard input is no terminal, it needs --yes.
                Example: daybook customers anonymize C-5001
                """)

        @Argument(help: "The customer's number, as `daybook customers list` shows it.")
        var number: String

        @Option(help: "The system that the number is of; needed where two have a customer with this number.")
        var source: String?

        @OptionGroup var confirmation: Confirmation

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let row = try await place.withCustomers { backend in
                let customer = try await backend.customer(number, of: source)
                try confirmation.ask(
                    "Anonymize \(customer.name), customer \(customer.id) of \(customer.source)",
                    loss: "Nobody can bring the name back: it stays only in QuickBooks, in backups and at the counter.")
                return try await backend.anonymize(CustomerKey(source: customer.source, id: customer.id))
            }
            try form.say(row, row.lines)
        }
    }
}

extension CustomerShape {
    fileprivate var line: String {
        let states = ExportState.Name.allCases.compactMap { state in
            exports[state.rawValue].map { "\($0) \(state.title)" }
        }
        let count = transactions == 1 ? "1 transaction" : "\(transactions) transactions"
        let days = firstDate == lastDate ? firstDate : "\(firstDate) to \(lastDate)"
        let parts = [id, name, "of \(source)", "\(count), \(days)", states.joined(separator: ", ")]
        return parts.joined(separator: "  ")
    }
}

extension AnonymizedCustomerShape {
    fileprivate var lines: [String] {
        let count = transactions == 1 ? "1 transaction" : "\(transactions) transactions"
        let done =
            isDone
            ? "Nothing of the name is left in the database's files."
            : "The rest is done by `daybook serve`, which goes on by itself: something else is using the database."
        let mentioned =
            mentions.isEmpty
            ? []
            : [
                "Other exports have all words of the name somewhere; look at each: "
                    + mentions.map { "export \($0)" }.joined(separator: ", ") + "."
            ]
        return ["The customer of \(count) is “\(name)” now. \(done)"] + mentioned + [
            "QuickBooks keeps what was posted, and backups keep the name until they are replaced."
        ]
    }
}
