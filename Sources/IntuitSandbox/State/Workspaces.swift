// SPDX-License-Identifier: Apache-2.0

/// A folder of apps on the developer's side.
public struct SandboxWorkspace: Sendable, Equatable {
    /// Its id, in forms.
    public let workspaceID: String
    /// Its name on the pages: `Sample workspace`, or its owner's name.
    public let name: String
    /// Its owner's user id; nil for the sample workspace, which everybody sees.
    public let ownerID: String?
}

/// An app as registered on the developer's side: a name, and two sets of keys.
public struct SandboxRegistration: Sendable, Equatable {
    /// Its id, in forms.
    public let appID: String
    /// Its name on the pages.
    public internal(set) var name: String
    /// The workspace it lies in.
    public let workspaceID: String
    /// Client ID of its development keys.
    public let developmentClientID: String
    /// Client ID of its production keys.
    public let productionClientID: String
    /// The scopes it may ask for; they can be added to, never taken away.
    public internal(set) var scopes: Set<String>

    /// The client id of one of its two sets of keys.
    public func clientID(in environment: SandboxEnvironment) -> String {
        environment == .production ? productionClientID : developmentClientID
    }
}

/// Workspaces, the apps in them, and their keys.
struct Registry: Sendable {
    static let sampleWorkspaceID = "sample"

    private(set) var workspaces: [SandboxWorkspace]
    private(set) var registrations: [SandboxRegistration] = []
    /// Keys by client id.
    private(set) var keys: [String: SandboxApp] = [:]

    /// The two seeded apps, and an own workspace for each user.
    init(users: [SandboxUser]) {
        workspaces = [SandboxWorkspace(workspaceID: Self.sampleWorkspaceID, name: "Sample workspace", ownerID: nil)]
        workspaces += users.map {
            SandboxWorkspace(workspaceID: "user-\($0.userID)", name: $0.name, ownerID: $0.userID)
        }
        add("Daybook", to: Self.sampleWorkspaceID, .development, .production, scopes: Scopes.known)
        let own = workspaces.last { $0.ownerID == users.first?.userID }?.workspaceID ?? Self.sampleWorkspaceID
        add("Old rental integration", to: own, .oldDevelopment, .oldProduction, scopes: Scopes.known)
    }

    /// What a user finds under "Select workspace": the sample and the own one.
    func workspaces(of userID: String) -> [SandboxWorkspace] {
        workspaces.filter { $0.ownerID == nil || $0.ownerID == userID }
    }

    func registrations(in workspaceID: String) -> [SandboxRegistration] {
        registrations.filter { $0.workspaceID == workspaceID }
    }

    subscript(appID: String) -> SandboxRegistration? { registrations.first { $0.appID == appID } }

    /// All keys, app by app, development before production.
    var allKeys: [SandboxApp] {
        registrations.flatMap { [keys[$0.developmentClientID], keys[$0.productionClientID]].compactMap { $0 } }
    }

    func scopes(ofClient clientID: String) -> Set<String> {
        keys[clientID].flatMap { self[$0.appID]?.scopes } ?? []
    }

    mutating func add(
        _ name: String, to workspaceID: String, _ development: SandboxApp, _ production: SandboxApp,
        scopes: Set<String>
    ) {
        registrations.append(
            SandboxRegistration(
                appID: development.appID, name: name, workspaceID: workspaceID,
                developmentClientID: development.clientID, productionClientID: production.clientID, scopes: scopes))
        keys[development.clientID] = development
        keys[production.clientID] = production
    }

    mutating func addScopes(_ scopes: Set<String>, appID: String) {
        guard let index = registrations.firstIndex(where: { $0.appID == appID }) else { return }
        registrations[index].scopes.formUnion(scopes)
    }

    mutating func change(_ clientID: String, _ change: (inout SandboxApp) -> Void) {
        guard var app = keys[clientID] else { return }
        change(&app)
        keys[clientID] = app
    }
}
