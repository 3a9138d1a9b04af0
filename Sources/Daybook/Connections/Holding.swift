// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A connection with all that a refresh needs.
struct Holding: Sendable {
    let id: Connection.ID
    let company: Company
    let app: App
    let trouble: ConnectionTrouble?
    /// The newest grant there is: the database's, or one that it could not take yet.
    let grant: Grant

    init(id: Connection.ID, company: Company, app: App, trouble: ConnectionTrouble?, grant: Grant) {
        self.id = id
        self.company = company
        self.app = app
        self.trouble = trouble
        self.grant = grant
    }

    /// Nil without a grant, and when the grant is dead.
    init?(_ stored: Connection?, app: App?, unstored: Grant?) {
        guard let stored, stored.trouble?.isFinal != true, let grant = stored.grant, let company = stored.company,
            let app
        else { return nil }
        id = stored.id
        self.company = company
        self.app = app
        trouble = stored.trouble
        if let unstored, unstored.generation > grant.generation {
            self.grant = unstored
        } else {
            self.grant = grant
        }
    }

    var token: UsableToken {
        UsableToken(
            environment: app.environment, accessToken: grant.accessToken, company: company,
            generation: grant.generation)
    }

    /// The token there is, as long as it lasts.
    func lastResort(now: Date, retryAt: Date?) -> TokenAvailability {
        TokenCadence.isUsable(grant, now: now) ? .usable(token) : .unavailable(retryAt: retryAt)
    }
}
