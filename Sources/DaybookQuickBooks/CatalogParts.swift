// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import QuickBooks

/// The parts of a company's catalog that were read before a call failed; the next try reads the others.
///
/// While many calls fail, four or five in a row would hardly ever all be answered.
struct CatalogParts: Sendable {
    private let environment: Daybook.Environment.Name
    private let realmID: String
    /// When the first part was asked for: the catalog is as old as its oldest part.
    let began: Date
    var preferences: Preferences?
    var accounts: [Account]?
    var classes: [CompanyClass]?
    var departments: [Department]?

    init(_ access: LedgerAccess, began: Date) {
        environment = access.environment
        realmID = access.realmID
        self.began = began
    }

    /// Whether the parts may be used: they are of this company, and not older than five minutes.
    func isGood(for access: LedgerAccess, now: Date) -> Bool {
        environment == access.environment && realmID == access.realmID
            && (0...300).contains(now.timeIntervalSince(began))
    }
}
