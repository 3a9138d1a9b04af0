// SPDX-License-Identifier: Apache-2.0
import Daybook

/// Whether a test may write an entry of a cent.
struct TestBody: Decodable {
    let writes: Bool

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case writes = "write"
    }

    init(from decoder: any Decoder) throws {
        writes = try decoder.knownMembers(CodingKeys.self).decodeIfPresent(Bool.self, forKey: .writes) ?? false
    }
}

/// Whether to forget the connection without telling Intuit.
struct DisconnectBody: Decodable {
    let forgets: Bool

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case forgets = "forget"
    }

    init(from decoder: any Decoder) throws {
        forgets = try decoder.knownMembers(CodingKeys.self).decodeIfPresent(Bool.self, forKey: .forgets) ?? false
    }
}

/// The company a person was shown.
struct ConfirmBody: Decodable {
    let realmID: String

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case realmID = "realmId"
    }

    init(from decoder: any Decoder) throws {
        realmID = try decoder.knownMembers(CodingKeys.self).text(.realmID)
    }
}

/// Which company a store posts to.
struct AssignBody: Decodable {
    let connection: Int64

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case connection
    }

    init(from decoder: any Decoder) throws {
        connection = try decoder.knownMembers(CodingKeys.self).decode(Int64.self, forKey: .connection)
    }
}

/// The address Intuit sent a person's browser back to.
struct RedirectBody: Decodable {
    let redirectedTo: String

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case redirectedTo
    }

    init(from decoder: any Decoder) throws {
        redirectedTo = try decoder.knownMembers(CodingKeys.self).text(.redirectedTo)
    }
}

/// What a consent is for; without a connection, for a new company.
struct ConsentBody: Decodable {
    let connection: Int64?
    let environment: String?
    let clientID: String?

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case connection, environment
        case clientID = "clientId"
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.knownMembers(CodingKeys.self)
        connection = try members.decodeIfPresent(Int64.self, forKey: .connection)
        environment = try members.textIfPresent(.environment)
        clientID = try members.pastedIfPresent(.clientID)
    }

    func target() throws -> ConnectTarget {
        guard (environment == nil) == (clientID == nil) else {
            throw Desk.Refused("An app is named by environment and clientId together, or not at all.")
        }
        var app: App.Key?
        if let environment, let clientID {
            app = App.Key(environment: Daybook.Environment.Name(environment), clientID: clientID)
        }
        return connection.map { .connection(Connection.ID($0), app: app) } ?? .newCompany(app: app)
    }
}

/// The Settings window, filled in; what is left out stays as stored.
struct PasteBody: Decodable {
    let environment: String?
    let clientID: String?
    let clientSecret: String?
    let realmID: String?
    let refreshToken: String

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case environment
        case clientID = "clientId"
        case clientSecret
        case realmID = "realmId"
        case refreshToken
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.knownMembers(CodingKeys.self)
        environment = try members.textIfPresent(.environment)
        clientID = try members.pastedIfPresent(.clientID)
        clientSecret = try members.pastedIfPresent(.clientSecret, isSecret: true)
        realmID = try members.pastedIfPresent(.realmID)
        refreshToken = try members.pastedSecret(.refreshToken)
    }

    func form(for connection: Connection.ID?) throws -> ConnectionSettings {
        try ConnectionSettings(
            connection: connection, environment: environment.map { Daybook.Environment.Name($0) }, clientID: clientID,
            clientSecret: clientSecret.map(Secret.init), realmID: realmID, refreshToken: Secret(refreshToken))
    }
    /// What was removed from the texts; the reader is told because what is stored differs from what was sent.
    var cleanings: [String] {
        PastedText.cleanings([
            ("clientId", clientID), ("clientSecret", clientSecret), ("realmId", realmID),
            ("refreshToken", refreshToken),
        ])
    }
}
