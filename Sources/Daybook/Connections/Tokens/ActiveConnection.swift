// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A connection that is connected, with its newest grant.
///
/// The app's keys are not part of it: every call needs a token, but only the hourly refresh needs the keys.
package struct ActiveConnection: Sendable, Equatable {
    let id: Connection.ID
    let company: Company
    let environment: Environment.Name
    let trouble: ConnectionTrouble?
    /// The newest grant: the database's, or one that the database could not store yet.
    let grant: Grant

    package init(
        id: Connection.ID, company: Company, environment: Environment.Name, trouble: ConnectionTrouble?, grant: Grant
    ) {
        self.id = id
        self.company = company
        self.environment = environment
        self.trouble = trouble
        self.grant = grant
    }

    /// The connection with another grant.
    func with(_ grant: Grant) -> ActiveConnection {
        ActiveConnection(id: id, company: company, environment: environment, trouble: trouble, grant: grant)
    }

    /// Nil without a grant, and when the grant is dead.
    init?(_ stored: Connection?, unstored: Grant?) {
        guard let stored, stored.trouble?.isFinal != true, let grant = stored.grant, let company = stored.company,
            let environment = stored.app?.environment
        else { return nil }
        id = stored.id
        self.company = company
        self.environment = environment
        trouble = stored.trouble
        if let unstored, unstored.generation > grant.generation {
            self.grant = unstored
        } else {
            self.grant = grant
        }
    }

    var token: UsableToken {
        UsableToken(
            environment: environment, accessToken: grant.accessToken, company: company,
            generation: grant.generation)
    }

    /// The present access token while it is usable, else none before `retryAt`.
    func lastResort(now: Date, retryAt: Date?) -> TokenAvailability {
        TokenCadence.isUsable(grant, now: now) ? .usable(token) : .unavailable(retryAt: retryAt)
    }
}
