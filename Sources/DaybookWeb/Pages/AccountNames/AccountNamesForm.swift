// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// What was entered for names of the counters' files.
struct AccountNamesForm {
    struct Row {
        let account: SourceAccount
        /// Empty takes a choice back.
        let text: String

        func read(_ chart: AccountChart) -> Read {
            guard !text.isEmpty else { return Read(row: self, choice: nil, problem: nil) }
            do throws(AccountChart.Refused) {
                return Read(row: self, choice: try chart.choice(text), problem: nil)
            } catch {
                return Read(row: self, choice: nil, problem: error.message)
            }
        }
    }

    /// A row as the company's chart has it.
    struct Read {
        let row: Row
        let choice: ChosenAccount?
        let problem: String?
    }

    /// The rows whose field was changed since the page was made.
    let changed: [Row]

    /// - Parameter names: Those that are known; a form can't add others.
    init(_ form: FormFields, names: [NamedAccount]) {
        let fields = zip(zip(form.all("source"), form.all("name")), zip(form.all("account"), form.all("before")))
        changed = fields.compactMap { name, entered in
            let known = names.first { $0.account.source == name.0 && $0.account.name == name.1 }
            let text = entered.0.trimmingCharacters(in: .whitespacesAndNewlines)
            return known.flatMap { text == entered.1 ? nil : Row(account: $0.account, text: text) }
        }
    }
}
