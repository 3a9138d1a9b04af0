// SPDX-License-Identifier: Apache-2.0

/// The Settings window as it was filled in: Client ID, Client Secret, Realm ID, refresh token.
package struct ConnectionSettings: Sendable {
    /// The app's keys; a field that is left empty keeps its stored value.
    package struct Keys: Sendable {
        package let clientID: String?
        package let clientSecret: Secret?

        package let environment: Environment.Name?

        package init(environment: Environment.Name? = nil, clientID: String?, clientSecret: Secret?) {
            self.environment = environment
            self.clientID = Self.cleaned(clientID)
            self.clientSecret = Self.cleaned(clientSecret?.reveal()).map(Secret.init)
        }

        /// - Parameter usual: The environment of an app when the form names none.
        /// - Throws: ``Desk/Refused`` when the Client ID or its Client Secret is missing or is another secret.
        func app(stored: App?, usual: Environment.Name) throws -> App {
            guard let clientID = clientID ?? stored?.clientID else {
                throw Desk.Refused("Enter the Client ID of your app, from its keys at Intuit.")
            }
            try checkClientID()
            // A secret belongs to its id: another id with the stored secret can't be right.
            let kept = clientID == stored?.clientID ? stored?.clientSecret : nil
            guard let clientSecret = clientSecret ?? kept else {
                throw Desk.Refused("Enter the Client Secret that belongs to this Client ID.")
            }
            let environment = environment ?? (clientID == stored?.clientID ? stored?.environment : nil) ?? usual
            let typed = App(environment: environment, clientID: clientID, clientSecret: clientSecret)
            return stored?.key == typed.key ? stored?.with(secret: clientSecret) ?? typed : typed
        }

        /// A Client ID is shown and stored in the clear, so a secret in its field is refused here.
        private func checkClientID() throws {
            if let clientSecret { try ConnectionSettings.refuseControls("Client Secret", clientSecret.reveal()) }
            guard let clientID else { return }
            try ConnectionSettings.refuseControls("Client ID", clientID)
            let isSecret = clientID == clientSecret?.reveal()
            guard let words = isSecret ? "the Client Secret" : SecretShape(of: clientID)?.rawValue else { return }
            throw Desk.Refused(
                """
                \(words.prefix(1).uppercased() + words.dropFirst()) was pasted into the Client ID field. Copy the \
                Client ID from the keys of your app at Intuit; it has about fifty letters and digits.
                """)
        }

        /// Pasted text brings spaces and line breaks along; they are never part of a key.
        static func cleaned(_ text: String?) -> String? {
            guard let text else { return nil }
            let cleaned = text.filter { !$0.isWhitespace && !$0.isNewline }
            return cleaned.isEmpty ? nil : cleaned
        }
    }

    /// Nil when the token is for a company that has no connection yet.
    package let connection: Connection.ID?
    package let keys: Keys
    package let realmID: String?
    package let refreshToken: Secret

    /// - Throws: ``Desk/Refused``, which names the field, when a value can't be what the field asks for.
    package init(
        connection: Connection.ID? = .first, environment: Environment.Name? = nil, clientID: String? = nil,
        clientSecret: Secret? = nil, realmID: String? = nil, refreshToken: Secret
    ) throws {
        self.connection = connection
        keys = Keys(environment: environment, clientID: clientID, clientSecret: clientSecret)
        self.realmID = Keys.cleaned(realmID)
        guard let token = Keys.cleaned(refreshToken.reveal()) else {
            throw Desk.Refused("Enter the refresh token: step 4 of Intuit's OAuth 2.0 Playground shows it.")
        }
        self.refreshToken = Secret(token)
        try check()
    }

    private func check() throws {
        if let realmID, !Self.isNumber(realmID) || realmID.count > 20 {
            throw Desk.Refused(
                """
                The Realm ID holds digits only, such as 9341453908059321. Copy it again from the Playground. The \
                stored connection stays as it was.
                """)
        }
        let token = refreshToken.reveal()
        try Self.refuseControls("refresh token", token)
        if token == keys.clientID { throw Self.wrongField("The Client ID") }
        if refreshToken == keys.clientSecret { throw Self.wrongField("The Client Secret") }
        if token == realmID || (Self.isNumber(token) && token.count > 10) { throw Self.wrongField("A Realm ID") }
        // An access token is an encrypted JWT of about a thousand characters; a refresh token has about fifty.
        if token.hasPrefix("eyJ") || token.count > 512 { throw Self.wrongField("An access token") }
    }

    private static func refuseControls(_ field: String, _ text: String) throws {
        guard let character = ControlCharacters.first(in: text) else { return }
        throw Desk.Refused(
            """
            The \(field) contains an invisible character (\(character)). Copy it again at Intuit and paste it into an \
            empty field. Nothing was changed.
            """)
    }

    static func wrongField(_ what: String) -> Desk.Refused {
        Desk.Refused(
            """
            \(what) was pasted into the refresh token field. The refresh token is shown at step 4 of the Playground. \
            The stored connection stays as it was.
            """)
    }

    private static func isNumber(_ text: String) -> Bool { text.utf8.allSatisfy { (48...57).contains($0) } }
}
