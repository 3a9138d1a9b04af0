// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A catalog with the company it was read from.
///
/// A connection may change its company as long as nothing was sent, and in another company an account id means another
/// account.
struct KeptCatalog: Sendable {
    let catalog: AccountCatalog
    /// When the oldest part of it was asked for, by ``WallClock/elapsed``.
    private let readAt: Duration
    private let environment: Environment.Name
    private let realmID: String

    init(_ catalog: AccountCatalog, of token: UsableToken, at moment: Duration, now: Date) {
        self.catalog = catalog
        readAt = moment - .seconds(max(0, now.timeIntervalSince(catalog.readAt)))
        environment = token.environment
        realmID = token.company.realmID
    }

    /// How long until it reaches this age; negative once it is older.
    func reaches(_ age: Duration, at moment: Duration) -> Duration { age - (moment - readAt) }

    func isOf(_ token: UsableToken) -> Bool {
        environment == token.environment && realmID == token.company.realmID
    }
}
