// SPDX-License-Identifier: Apache-2.0

/// The QuickBooks account that a person chose for a name of a counter's files, kept by its id: a new name or number
/// there does no harm.
package struct ChosenAccount: Hashable, Sendable {
    /// QuickBooks' id of the account.
    package let id: String
    /// The account's full name when it was chosen.
    package let name: String

    package init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}

/// A name of a counter's files in one company, with the account that was chosen for it.
package struct NamedAccount: Hashable, Sendable {
    package let connection: Connection.ID
    package let account: SourceAccount
    /// Nil where nobody has chosen one.
    package let choice: ChosenAccount?

    package init(connection: Connection.ID, account: SourceAccount, choice: ChosenAccount?) {
        self.connection = connection
        self.account = account
        self.choice = choice
    }
}

/// Which QuickBooks account each name of the counters' files means in one company, as far as people have said.
package struct ChosenAccounts: Sendable, Equatable {
    /// Capitals make no difference.
    private struct Key: Hashable {
        let source: String
        let name: String

        init(_ account: SourceAccount) {
            source = account.source
            name = account.name.lowercased()
        }
    }

    private var choices: [Key: ChosenAccount] = [:]

    package init(_ choices: [(SourceAccount, ChosenAccount)] = []) {
        for (account, choice) in choices { self.choices[Key(account)] = choice }
    }

    package init(_ names: [NamedAccount]) {
        self.init(names.compactMap { named in named.choice.map { (named.account, $0) } })
    }

    package subscript(account: SourceAccount) -> ChosenAccount? { choices[Key(account)] }
}
