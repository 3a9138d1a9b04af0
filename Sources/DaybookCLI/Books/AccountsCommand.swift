// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import DaybookWeb
import Foundation

/// `daybook accounts`: the accounts of roles in QuickBooks, and whether everything can be posted to them.
struct AccountsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accounts",
        abstract: "Check the accounts that transactions need, and choose them from the chart in QuickBooks.",
        discussion: """
            An account is kept by QuickBooks' id: another name or number there does no harm. Works through the running \
            `daybook serve`, or on the data folder when none runs. With --server, a key with the scope account-numbers \
            chooses and answers, and one with the scope read lists; only a person or the machine itself checks.
            """,
        subcommands: [Check.self, List.self, Choose.self, Keep.self, Follow.self], defaultSubcommand: List.self)

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ask QuickBooks for its accounts, and tell all that would keep entries from being posted.",
            discussion: "Ends with status 1 when something is to be mended.")

        @OptionGroup var company: CompanyOption

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let check = try await place.withBooks { try await $0.checkAccounts(company.connection) }
            try form.say(check, check.lines)
            guard check.findings.isEmpty else { throw ExitCode(1) }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tell the same by what QuickBooks said last, without asking it.")

        @OptionGroup var company: CompanyOption

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let check = try await place.withBooks { try await $0.accountCheck(company.connection) }
            try form.say(check, check.lines)
        }
    }

    struct Choose: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Choose the account of a role, or take it away with its number.",
            discussion: """
                The account is compared with the chart in QuickBooks. Exports that waited for it are tried again.
                Examples:
                  daybook accounts choose rental 'Equipment rental income'
                  daybook accounts choose 'sales-tax[county]' 2201 --store 3
                  daybook accounts choose fuel --remove
                """)

        @OptionGroup var slot: SlotOptions

        @Argument(help: "The account's number or full name in QuickBooks, or both as 4000 · Rental income.")
        var account: String?

        @Flag(help: "Take the account and its number away.")
        var remove = false

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func validate() throws {
            guard (account != nil) != remove else { throw ValidationError("Write an account, or --remove.") }
        }

        func run() async throws {
            let chosen = try await place.withBooks {
                try await $0.choose(account, for: try slot.value, in: slot.company.connection)
            }
            try form.say(chosen, [chosen.line])
        }
    }

    struct Keep: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Answer a question of the check: the account that entries go to now is right.",
            discussion: "Example: daybook accounts keep cash-drawer")

        @OptionGroup var slot: SlotOptions

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws { try await slot.answer(.keep, form, place) }
    }

    struct Follow: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Answer a question of the check: the account that the number leads to now is right.",
            discussion: "Example: daybook accounts follow rental")

        @OptionGroup var slot: SlotOptions

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws { try await slot.answer(.follow, form, place) }
    }
}

/// Which company's accounts are meant.
struct CompanyOption: ParsableArguments {
    @Option(help: "The connection's number, as `daybook connection list` shows it.")
    var connection: Int64 = 1
}

/// A role at a store.
struct SlotOptions: ParsableArguments {
    @Argument(help: "The role, such as rental, or narrowed as rental[aerial]; `daybook account-numbers` lists them.")
    var role: String

    @Option(help: "The store's number; store 1 holds the accounts of all stores that have none of their own.")
    var store = 1

    @OptionGroup var company: CompanyOption

    func validate() throws { _ = try value }

    var value: AccountNumbers.Slot {
        get throws {
            guard let number = StoreNumber(store) else {
                throw ValidationError("--store takes a store number from 1 to 9999.")
            }
            guard let role = AccountRole(code: role) else {
                let known = AccountRole.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError(
                    "“\(role)” is no role. Write one of \(known), narrowed as rental[aerial] if you wish.")
            }
            return AccountNumbers.Slot(store: number, role: role)
        }
    }

    func answer(_ answer: AccountAnswer, _ form: AnswerForm, _ place: PlaceOptions) async throws {
        let kept = try await place.withBooks { try await $0.answer(answer, for: try value, in: company.connection) }
        try form.say(kept, [kept.line])
    }
}

extension AccountCheckShape {
    fileprivate var lines: [String] {
        accounts.map(\.line) + findings.map { "\($0.isWaitedFor ? "Transactions wait: " : "")\($0.problem)" }
            + questions.map { "\($0.question) Answer: \($0.commands)" } + [verdict]
    }

    private var verdict: String {
        if !findings.isEmpty {
            return
                "\(findings.count) \(findings.count == 1 ? "thing" : "things") to mend before everything can be posted."
        }
        if accounts.isEmpty { return "Nothing is wrong. No account is chosen yet." }
        guard questions.isEmpty else {
            let count = "\(questions.count) \(questions.count == 1 ? "question" : "questions")"
            return "Everything can be posted; \(count) to answer."
        }
        return "All is well."
    }
}

extension AccountCheckShape.Account {
    fileprivate var line: String {
        let former = formerName.map { " (named \($0) when it was chosen)" } ?? ""
        return "store \(store)  \(role)  →  \(account ?? number ?? "")\(former)\(problem.map { ": \($0)" } ?? "")"
    }
}

extension AccountCheckShape.Question {
    fileprivate var commands: String {
        answers.map { "daybook accounts \($0) '\(role)'\(store == 1 ? "" : " --store \(store)")" }
            .joined(separator: ", or ")
    }
}

extension RoleAccountShape {
    fileprivate var line: String {
        let name = account.map { account in account.number.map { "\($0) · \(account.name)" } ?? account.name }
        return "store \(store)  \(role)  →  \(name ?? "(none)")"
    }
}
