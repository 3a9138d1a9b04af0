// SPDX-License-Identifier: Apache-2.0

/// A catalog with the company it was read of.
///
/// A connection may come to another company as long as nothing was sent, and an account's id there is some other
/// account's.
struct KeptCatalog: Sendable {
    let catalog: AccountCatalog
    private let environment: Environment.Name
    private let realmID: String

    init(_ catalog: AccountCatalog, of token: UsableToken) {
        self.catalog = catalog
        environment = token.environment
        realmID = token.company.realmID
    }

    func isOf(_ token: UsableToken) -> Bool {
        environment == token.environment && realmID == token.company.realmID
    }
}
