// SPDX-License-Identifier: Apache-2.0
import Daybook

/// Where the names of accounts in a file lead in its company.
struct FileNames {
    let known: [NamedAccount]
    let chart: AccountChart
    let connection: Connection.ID

    /// Empty for what is no name.
    func destination(of name: SourceAccount?) -> String {
        guard let name else { return "" }
        return found(name) ?? "no account yet"
    }

    func isOpen(_ name: SourceAccount?) -> Bool { name.map { found($0) == nil } ?? false }

    private func found(_ name: SourceAccount) -> String? {
        let named = known.first { $0.account.isSame(as: name) }
        return AccountNamesView.NameView.destination(
            named ?? NamedAccount(connection: connection, account: name, choice: nil), chart)
    }
}
