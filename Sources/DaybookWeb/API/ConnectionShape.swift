// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// The connection as the API tells it.
struct ConnectionShape: Encodable {
    struct CompanyShape: Encodable {
        let realmId: String
        let name: String
    }

    struct TroubleShape: Encodable {
        let cause: String
        let explanation: String
        let since: Date
        let intuitTid: String?
    }

    let status: String
    let company: CompanyShape?
    let clientId: String?
    let redirectUri: String
    let refreshedAt: Date?
    let idleExpiresAt: Date?
    let hardExpiresAt: Date?
    let trouble: TroubleShape?
    let history: [NoteShape]

    init(_ connection: Connection?, clientID: String?, redirectURI: String, history: [ConnectionNote]) {
        status = (connection?.status ?? .notConnected).rawValue
        company = connection?.company.map { .init(realmId: $0.realmID, name: $0.name) }
        clientId = clientID
        redirectUri = redirectURI
        refreshedAt = connection?.grant?.refreshedAt
        idleExpiresAt = connection?.grant?.idleExpiresAt
        hardExpiresAt = connection?.grant?.hardExpiresAt
        trouble = connection?.trouble.map {
            .init(cause: $0.cause.rawValue, explanation: $0.explanation, since: $0.since, intuitTid: $0.intuitTID)
        }
        self.history = history.map { NoteShape(at: $0.at, text: $0.text, by: $0.by, intuitTid: $0.intuitTID) }
    }
}
