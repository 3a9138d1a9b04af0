// SPDX-License-Identifier: Apache-2.0

/// What a verb of ``SandboxBreakage`` or ``SandboxMending`` is applied to.
public struct SandboxBreakingTarget: Sendable, Equatable {
    /// The company; nil for the only one that is connected, or connected with ``clientID``.
    public var realmID: String?
    /// The app's keys; nil for all that are connected with the company.
    public var clientID: String?
    /// For ``SandboxBreakage/removeUser``: a ``SandboxUser/userID`` or an e-mail; nil for those who connected.
    public var user: String?
    /// For outages, how long they last, 300 s by default; for ``SandboxBreakage/loseNextRefreshAnswer``, how long
    /// the connection stays silent before it is cut, 0 by default.
    public var seconds: Duration?
    /// For ``SandboxBreakage/apiTooLarge``: the longest body that still passes, 0 or more; nil refuses every call.
    public var bytes: Int?
    /// For ``SandboxBreakage/loseNextRefreshAnswer``: whether that refresh rotates, however young the token is.
    public var rotates: Bool
    /// For ``SandboxBreakage/rotateSecret``: whether the present secret stays good beside the new one.
    public var keepsPreviousSecret: Bool

    /// Names a target.
    public init(
        realmID: String? = nil, clientID: String? = nil, user: String? = nil, seconds: Duration? = nil,
        bytes: Int? = nil, rotates: Bool = true, keepsPreviousSecret: Bool = false
    ) {
        self.realmID = realmID
        self.clientID = clientID
        self.user = user
        self.seconds = seconds
        self.bytes = bytes
        self.rotates = rotates
        self.keepsPreviousSecret = keepsPreviousSecret
    }
}

extension SandboxState {
    /// The one company meant: the one named, else the only one connected.
    func meantCompany(_ target: SandboxBreakingTarget) throws(SandboxError) -> String {
        if let realmID = target.realmID {
            _ = try company(realmID)
            return realmID
        }
        if let clientID = target.clientID { _ = try known(clientID) }
        let connected = Set(connectedCompanies(clientID: target.clientID).map(\.realmID))
        guard let realmID = connected.first else {
            throw SandboxError(
                description: "No company is connected\(target.clientID == nil ? "" : " with these keys"); connect one "
                    + "first, or name one with realmId.")
        }
        guard connected.count == 1 else {
            throw SandboxError(
                description: "More than one company is connected: \(connected.sorted().joined(separator: ", ")). "
                    + "Say which with realmId.")
        }
        return realmID
    }

    /// The grants meant that still work.
    func meantGrants(_ target: SandboxBreakingTarget) throws(SandboxError) -> [Int] {
        let realmID = try meantCompany(target)
        if let clientID = target.clientID { _ = try known(clientID) }
        let found = grants.grants.indices.filter { index in
            let grant = grants[index]
            return grant.isLive(at: now) && grant.reachesCompany && grant.realmID == realmID
                && (target.clientID == nil || grant.clientID == target.clientID)
        }
        guard !found.isEmpty else {
            throw SandboxError(
                description: "\(try nameOfCompany(realmID)) has no connection that still works\(ofKeys(target)); "
                    + "connect it first.")
        }
        return found
    }

    /// The one set of keys meant: the ones named, else the only ones connected.
    func meantKeys(_ target: SandboxBreakingTarget) throws(SandboxError) -> String {
        if let clientID = target.clientID {
            _ = try known(clientID)
            return clientID
        }
        let connected = Set(connectedCompanies(realmID: target.realmID).map(\.clientID))
        guard connected.count == 1, let clientID = connected.first else {
            throw SandboxError(
                description:
                    "\(connected.isEmpty ? "No keys are connected" : "More than one set of keys is connected"); "
                    + "say which with clientId. The status lists all apps.")
        }
        return clientID
    }

    func nameOfCompany(_ realmID: String) throws(SandboxError) -> String {
        "\(companies[try company(realmID)].name) (realmId \(realmID))"
    }

    private func ofKeys(_ target: SandboxBreakingTarget) -> String {
        target.clientID.map { " of the app \(appName($0))" } ?? ""
    }
}
