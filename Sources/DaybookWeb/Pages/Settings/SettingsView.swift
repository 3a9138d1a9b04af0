// SPDX-License-Identifier: Apache-2.0
import Daybook

/// What the Settings window shows.
///
/// A secret that is stored is never shown.
struct SettingsView {
    struct EnvironmentChoice {
        let name: String
        let title: String
        let isChosen: Bool
    }

    let connection: String
    let store: String?
    let company: String?
    let isNew: Bool
    let clientID: String
    let knownClientIDs: [String]
    let realmID: String
    let environments: [EnvironmentChoice]
    let offersEnvironments: Bool
    let hasSecret: Bool
    let hasToken: Bool
    let redirectURI: String
    /// Whether the redirect URI has https, as production keys need.
    let isSecure: Bool
    let cancelAddress: String

    init(_ form: SettingsForm, stored: Connection?, app: App.Key?, apps: [App.Key], desk: Desk) {
        connection = form.connection.map { String($0.value) } ?? SettingsForm.newCompany
        store = form.store
        company = stored?.company?.name
        isNew = form.connection == nil
        clientID = form.clientID.flatMap(Self.repeated) ?? app?.clientID ?? ""
        knownClientIDs = apps.map(\.clientID)
        realmID = form.realmID.flatMap(Self.repeatedRealm) ?? stored?.company?.realmID ?? ""
        let chosen = form.environment ?? app?.environment ?? desk.environments.usual
        environments = desk.environments.names.map {
            EnvironmentChoice(name: $0.text, title: $0.title, isChosen: $0 == chosen)
        }
        offersEnvironments = environments.count > 1
        hasSecret = app != nil
        hasToken = stored?.grant != nil
        redirectURI = desk.redirectURI
        isSecure = redirectURI.hasPrefix("https://")
        cancelAddress = Self.wayBack(form)
    }

    /// The entered text is shown in its field again, unless it looks like a secret that belongs in another field.
    private static func repeated(_ text: String) -> String? { SecretShape(of: text) == nil ? text : nil }

    private static func repeatedRealm(_ text: String) -> String? {
        text.utf8.count <= 20 && text.utf8.allSatisfy { (48...57).contains($0) } ? text : nil
    }

    private static func wayBack(_ form: SettingsForm) -> String {
        if let store = form.store.flatMap({ Int(digits: $0) }) { return "/account-numbers?store=\(store)" }
        guard let connection = form.connection else { return "/connections" }
        return ConnectionAddress(id: connection).page
    }
}
