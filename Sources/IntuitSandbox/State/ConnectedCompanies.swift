// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// An app that somebody has connected with a company and nobody has disconnected since.
public struct SandboxConnectedCompany: Sendable, Equatable {
    /// The Client ID of the app's keys.
    public var clientID: String
    /// The app's name.
    public var appName: String
    /// The company.
    public var realmID: String
    /// Who consented: ``SandboxUser/userID``.
    public var userID: String
    /// The moment of the first consent that has not been revoked.
    public var since: Date
    /// Whether no token of the connection works any more; QuickBooks goes on listing it, with Reconnect.
    public var hasExpired: Bool
}

extension SandboxState {
    /// What the Apps page of QuickBooks lists, oldest first; without arguments for all apps and companies.
    func connectedCompanies(clientID: String? = nil, realmID: String? = nil) -> [SandboxConnectedCompany] {
        var found: [SandboxConnectedCompany] = []
        for grant in grants.standing {
            guard grant.reachesCompany, let company = grant.realmID, realmID == nil || company == realmID,
                clientID == nil || grant.clientID == clientID
            else { continue }
            let hasExpired = now >= grant.idleEnd || now >= grant.hardEnd
            let place = found.firstIndex {
                $0.clientID == grant.clientID && $0.realmID == company && $0.userID == grant.userID
            }
            guard let place else {
                found.append(
                    SandboxConnectedCompany(
                        clientID: grant.clientID, appName: appName(grant.clientID), realmID: company,
                        userID: grant.userID, since: grant.consented.date, hasExpired: hasExpired))
                continue
            }
            found[place].hasExpired = found[place].hasExpired && hasExpired
        }
        return found
    }

    /// Disconnects an app as the Apps page of QuickBooks does: every grant of these keys for the company ends.
    ///
    /// - Returns: Where the browser lands: the app's Disconnect URL with `realmId`; nil if it has none.
    mutating func disconnect(realmID: String, clientID: String) throws(SandboxError) -> String? {
        let app = try known(clientID)
        let company = companies[try company(realmID)].name
        guard !connectedCompanies(clientID: clientID, realmID: realmID).isEmpty else {
            throw SandboxError(
                description: "The app \(appName(clientID)) is not connected with \(company) (realmId \(realmID)); "
                    + "there is nothing to disconnect.")
        }
        grants.revokeAll { $0.clientID == clientID && $0.realmID == realmID }
        return app.urls.disconnect.map { Self.adding(realmID: realmID, to: $0) }
    }

    func appName(_ clientID: String) -> String {
        registry.keys[clientID].flatMap { registry[$0.appID]?.name } ?? clientID
    }

    /// An app URL as QuickBooks opens it for a company.
    static func adding(realmID: String, to address: String) -> String {
        "\(address)\(address.contains("?") ? "&" : "?")realmId=\(percentEncoded(realmID))"
    }
}
