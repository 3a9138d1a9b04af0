// SPDX-License-Identifier: Apache-2.0

/// What a company does with its users.
extension SandboxState {
    /// Makes somebody an admin or a standard user of a company, or removes the user from it (nil).
    mutating func setRole(_ role: SandboxRole?, userID: String, realmID: String) throws(SandboxError) {
        _ = try company(realmID)
        people.setRole(role, userID: try user(userID).userID, realmID: realmID)
    }

    /// Removes those who connected apps with the company, else its owner; or brings everybody removed back.
    mutating func setMembership(userIsMember: Bool, realmID: String) throws(SandboxError) {
        _ = try company(realmID)
        guard !userIsMember else { return people.restore(realmID: realmID) }
        var leaving = Set(connectedCompanies(realmID: realmID).map(\.userID))
        if leaving.isEmpty, let owner = people.owner(of: realmID) { leaving = [owner.userID] }
        for userID in leaving { people.setRole(nil, userID: userID, realmID: realmID) }
    }

    /// Finds a user by number or by e-mail.
    func user(_ name: String) throws(SandboxError) -> SandboxUser {
        guard let user = people[name] ?? people.user(email: name) else {
            let known = people.all.map(\.email).joined(separator: ", ")
            throw SandboxError(description: "user \(name) has no account here; name one of \(known).")
        }
        return user
    }

    /// In whose name a company is connected without the consent page.
    func owner(of realmID: String) throws(SandboxError) -> SandboxUser {
        guard let owner = people.owner(of: realmID) else {
            throw SandboxError(
                description: "realmId \(realmID) has no administrator; make a user its admin first.")
        }
        return owner
    }
}
