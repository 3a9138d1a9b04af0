// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The situation that was made: the addresses, who signs in, what waits.
struct ArticleSituation: Encodable, Sendable {
    /// Daybook's address.
    let daybook: String
    /// The sandbox's address.
    let sandbox: String
    /// The e-mail address with which the sample user signs in at the sandbox.
    let email: String
    /// The sample user's password; the sign-in page shows it too.
    let password: String
    let company: String
    let realmId: String
    /// What to choose under Select workspace.
    let workspace: String
    /// What to choose under Select App.
    let app: String
    let clientId: String
    /// `production` or `development`.
    let keys: String
    /// The Accounting API's address for those keys.
    let quickBooks: String
    let exported: Int
    let waiting: Int
    let errors: Int
    let administrator: DemoSignIn

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
