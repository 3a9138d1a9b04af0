// SPDX-License-Identifier: Apache-2.0

extension TokenKeeper {
    /// Lets a proposed token become the connection's grant.
    ///
    /// - Parameter realmID: The company the person was shown, so that a proposal made meanwhile isn't confirmed
    ///   in its place.
    /// - Throws: ``Desk/Refused`` when there is no such proposal.
    @discardableResult
    func confirm(_ connection: Connection.ID, realmID: String, by actor: Actor) async throws -> Company {
        try await lock(of: connection).withLock {
            guard let proposal = try await storage.proposal(of: connection), proposal.company.realmID == realmID,
                let app = try await storage.apps().first(where: { $0.key == proposal.app })
            else {
                throw Desk.Refused(
                    """
                    There is no token for the company with the Realm ID \(SecretShape.shown(realmID)) that waits to be \
                    confirmed. Enter the refresh token again.
                    """)
            }
            do {
                try await storage.install(
                    proposal.grant, company: proposal.company, app: app, on: connection, by: actor, at: clock.now,
                    intuitTID: proposal.intuitTID)
            } catch let taken as CompanyTaken {
                throw AdoptionWords(isPaste: true).taken(proposal.company, by: taken.by, tid: nil).words
            }
            update(connection) { $0.grantChanged() }
            waking.wake(.company(connection))
            return proposal.company
        }
    }
}
