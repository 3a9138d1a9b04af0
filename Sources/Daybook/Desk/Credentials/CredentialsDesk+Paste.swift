// SPDX-License-Identifier: Apache-2.0
import Foundation

extension CredentialsDesk {
    /// **OK** under Settings: tries a pasted refresh token, by a refresh and by reading the company, before
    /// anything stored is replaced.
    ///
    /// Fields left out stay as stored. For a connection that has its company nothing more is to be done; for a first
    /// connection the token waits, sealed and also over a restart, for ``confirm(_:realmID:by:)``.
    ///
    /// - Throws: ``Desk/Refused`` in words; what was stored stays as it was.
    package func propose(_ form: ConnectionSettings, by actor: Actor) async throws -> Pasted {
        try await act(.paste, by: actor) {
            try await refuseMixedUpFields(form)
            var known: Company?
            if let id = form.connection { known = try await storage.known(id).company }
            guard let realmID = form.realmID ?? known?.realmID else {
                throw Desk.Refused("Enter the Realm ID: QuickBooks' number of the company.")
            }
            return try await connecting.withLock {
                let app = try await app(form.keys, for: form.connection)
                let home = try await home(of: realmID, app.environment, asked: form.connection)
                let id = try await place(home, for: app, by: actor)
                let adopted = try await keeper.adopt(
                    .refresh(form.refreshToken), app: app, realmID: realmID, connection: id, by: actor)
                if adopted.isProposed { return .toConfirm(id, adopted.company) }
                return .connected(Connected(connection: id, company: adopted.company, outcome: .restored))
            }
        }
    }

    /// Tries a token and confirms its company at once, because the form has named it by its Realm ID.
    package func saveSettings(_ form: ConnectionSettings, by actor: Actor) async throws -> Connected {
        try await act(.confirm, by: actor, on: Act.Subject.connection(\.connection)) {
            switch try await propose(form, by: actor) {
            case .connected(let connected): return connected
            case .toConfirm(let id, let company): return try await confirm(id, realmID: company.realmID, by: actor)
            }
        }
    }

    /// The company that waits to be confirmed, also after a restart; nil when none does.
    ///
    /// A token that is not confirmed within a day is forgotten.
    package func proposal(of id: Connection.ID) async throws -> Company? {
        guard let proposal = try await storage.proposal(of: id) else { return nil }
        guard clock.now.timeIntervalSince(proposal.at) < 86_400 else {
            try await withdraw(proposal.company, of: id, "nobody confirmed it within a day", by: TokenKeeper.actor)
            return nil
        }
        return proposal.company
    }

    /// Says that a proposed company is the right one.
    ///
    /// - Parameter realmID: The company the person was shown.
    package func confirm(_ id: Connection.ID, realmID: String, by actor: Actor) async throws -> Connected {
        try await act(.confirm, by: actor, on: Act.Subject.connection(id)) {
            _ = try await proposal(of: id)
            return try await connecting.withLock {
                try await refuseSecondConnection(id, by: actor)
                let company = try await keeper.confirm(id, realmID: realmID, by: actor)
                return Connected(connection: id, company: company, outcome: .made)
            }
        }
    }

    /// The company may have been connected another way while its token waited to be confirmed.
    private func refuseSecondConnection(_ id: Connection.ID, by actor: Actor) async throws {
        guard let proposal = try await storage.proposal(of: id) else { return }
        let same = try await storage.connections().first {
            $0.id != id && !$0.isDetached && $0.company?.realmID == proposal.company.realmID
                && $0.app?.environment == proposal.app.environment
        }
        guard let same else { return }
        try await withdraw(
            proposal.company, of: id, "its company was connected meanwhile, as connection \(same.id.value)", by: actor)
        throw Desk.Refused(
            """
            \(proposal.company.name) was connected meanwhile, as connection \(same.id.value); the pasted token is not \
            needed and was forgotten. Look at that connection.
            """)
    }

    /// Says that a proposed company is not the right one; the token is forgotten here, and nothing else is changed.
    ///
    /// - Parameter realmID: The company the person was shown.
    /// - Returns: Whether it still waited to be confirmed.
    package func decline(_ id: Connection.ID, realmID: String, by actor: Actor) async throws -> Bool {
        try await act(.decline, by: actor, on: Act.Subject.connection(id)) {
            guard let company = try await proposal(of: id), company.realmID == realmID else { return false }
            return try await withdraw(company, of: id, "its company was declined", by: actor)
        }
    }

    /// - Parameter reason: For the history: no company's name, no token.
    @discardableResult
    private func withdraw(
        _ company: Company, of id: Connection.ID, _ reason: String, by actor: Actor
    ) async throws -> Bool {
        let text = "The refresh token that waited to be confirmed was forgotten: \(reason)."
        return try await storage.withdraw(
            proposalOf: id, realmID: company.realmID,
            note: ConnectionNote(.refused, at: clock.now, text: text, by: actor))
    }

    /// Refuses a stored key in the token's field: Intuit would only say that the token doesn't work.
    private func refuseMixedUpFields(_ form: ConnectionSettings) async throws {
        for app in try await storage.apps() {
            if form.refreshToken.reveal() == app.clientID { throw ConnectionSettings.wrongField("The Client ID") }
            if form.refreshToken == app.clientSecret { throw ConnectionSettings.wrongField("The Client Secret") }
        }
    }
}
