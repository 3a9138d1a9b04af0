// SPDX-License-Identifier: Apache-2.0
import Daybook

/// The Settings window as it was filled in.
struct SettingsForm {
    /// Nil: for a company that has no connection yet.
    let connection: Connection.ID?
    /// The store somebody was logged in to, for the way back; nil when the window was opened elsewhere.
    let store: String?
    let clientID: String?
    let environment: Environment.Name?
    let realmID: String?
    private let fields: FormFields

    init(_ fields: FormFields) {
        self.fields = fields
        // A form without the field is for the first connection.
        let text = fields["connection"] ?? String(Connection.ID.first.value)
        connection = text == Self.newCompany ? nil : Int64(digits: text).map(Connection.ID.init) ?? .first
        store = fields["store"]
        clientID = fields["clientID"]
        environment = fields["environment"].map(Environment.Name.init)
        realmID = fields["realmID"]
    }

    static let newCompany = "new"

    var hasToken: Bool { fields["refreshToken"] != nil }
    var hasSecret: Bool { fields["clientSecret"] != nil }

    var keys: ConnectionSettings.Keys {
        ConnectionSettings.Keys(
            environment: environment, clientID: clientID, clientSecret: fields["clientSecret"].map(Secret.init))
    }

    /// - Throws: ``Desk/Refused``, which names the field that can't be used as it is.
    func settings() throws -> ConnectionSettings {
        try ConnectionSettings(
            connection: connection, environment: environment, clientID: clientID,
            clientSecret: fields["clientSecret"].map(Secret.init), realmID: realmID,
            refreshToken: Secret(fields["refreshToken"] ?? ""))
    }

    /// What was removed from pasted texts; the reader is told because what is stored differs from what was pasted.
    var cleanings: [String] {
        let names = [
            ("clientID", "Client ID"), ("clientSecret", "Client Secret"), ("realmID", "Realm ID"),
            ("refreshToken", "refresh token"),
        ]
        return PastedText.cleanings(names.map { ($0.1, fields.all($0.0).first) })
    }
}
