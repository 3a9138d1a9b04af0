// SPDX-License-Identifier: Apache-2.0

/// Everybody the sandbox knows, in the order of their accounts.
struct People: Sendable {
    private(set) var all: [SandboxUser]

    init(_ users: [SandboxUser]) { all = users }

    subscript(userID: String) -> SandboxUser? { all.first { $0.userID == userID } }

    /// The user with that e-mail; upper and lower case are the same.
    func user(email: String) -> SandboxUser? { all.first { $0.email.lowercased() == email.lowercased() } }

    /// Who consents where no user is named: the first who administers the company, or once did.
    func owner(of realmID: String) -> SandboxUser? {
        all.first { $0.administers(realmID) } ?? all.first { $0.formerRoles[realmID] == .admin }
    }

    /// Gives a role in a company, or takes it away.
    ///
    /// What was taken away is remembered, for ``restore(realmID:)``.
    mutating func setRole(_ role: SandboxRole?, userID: String, realmID: String) {
        guard let index = all.firstIndex(where: { $0.userID == userID }) else { return }
        if role == nil, let former = all[index].roles[realmID] { all[index].formerRoles[realmID] = former }
        if role != nil { all[index].formerRoles[realmID] = nil }
        all[index].roles[realmID] = role
    }

    /// Gives everybody who was removed from a company the former role back.
    mutating func restore(realmID: String) {
        for user in all {
            if let role = user.formerRoles[realmID] { setRole(role, userID: user.userID, realmID: realmID) }
        }
    }

    /// Whether the user is no member of the company at this moment.
    func isOutside(_ userID: String, realmID: String) -> Bool { self[userID]?.roles[realmID] == nil }
}
