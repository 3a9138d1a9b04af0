// SPDX-License-Identifier: Apache-2.0
package import Foundation

extension CredentialsDesk {
    /// How long a person may take at Intuit until a consent no longer counts.
    private static let consentLifetime = Duration.seconds(600)

    package func beginConnect(
        _ connection: Connection.ID = .first, browser: Secret, by actor: Actor
    ) async throws -> URL {
        try await beginConnect(.connection(connection), browser: browser, by: actor)
    }

    /// Begins **Connect to QuickBooks**.
    ///
    /// - Parameter browser: The browser session's secret; only the same browser can finish.
    /// - Returns: Intuit's consent page.
    /// - Throws: ``Desk/Refused`` when there are no keys, or Intuit can't be reached.
    package func beginConnect(_ target: ConnectTarget, browser: Secret, by actor: Actor) async throws -> URL {
        try await act(.connect, by: actor, on: Act.Subject.connection(target.connection)) {
            let app = try await app(for: target)
            let state = randomness.bytes(16).map { Desk.hex($0) }.joined()
            try await storage.expect(
                PendingConsent(
                    stateDigest: sha256(state), browserDigest: sha256(browser.reveal()), connection: target.connection,
                    app: app.key, redirectURI: redirectURI, begunAt: clock.now))
            do throws(TokenCallFailure) {
                return try await issuer.consentURL(app: app, redirectURI: redirectURI, state: state)
            } catch {
                throw Desk.Refused(
                    "Intuit's sign-in page can't be found just now (\(error.reason)). Try again in a minute.")
            }
        }
    }

    /// Finishes **Connect to QuickBooks** when Intuit sends the browser back.
    ///
    /// Called a second time with the same answer, also while the first call is under way, it changes nothing and
    /// has the outcome of the first call.
    ///
    /// - Throws: ``Desk/Refused`` when the consent is not known here, or the code or its company is refused.
    package func finishConnect(
        code: Secret, state: String, realmID: String, browser: Secret, by actor: Actor
    ) async throws -> Connected {
        try await act(.connect, needsFresh: false, by: actor, on: Act.Subject.connection(\.connection)) {
            let digest = sha256(state)
            return try await connecting.withLock {
                switch try await take(consent: digest, browser) {
                case .fresh(let consent):
                    return try await finish(consent, code: code, realmID: realmID, by: actor)
                case .finished(let id):
                    guard let company = try await storage.connection(id)?.company else { throw Desk.unknownConsent }
                    return Connected(connection: id, company: company, outcome: .doneAlready)
                case .taken:
                    throw refusedConsents[digest]
                        ?? Desk.Refused(
                            """
                            This answer of Intuit's was used before and did not connect. Look at the connection; if it \
                            does not work, press Connect to QuickBooks again.
                            """)
                case .unknown: throw Desk.unknownConsent
                }
            }
        }
    }

    /// Finishes **Connect to QuickBooks** with the whole address that a person copied out of a browser.
    package func finishConnect(pasted: String, browser: Secret, by actor: Actor) async throws -> Connected {
        try await act(.connect, needsFresh: false, by: actor, on: Act.Subject.connection(\.connection)) {
            if let denial = ConsentAnswer.Denial(pasted: pasted) {
                throw try await denied(denial.word, state: denial.state, browser: browser, by: actor)
            }
            let answer = try ConsentAnswer(pasted: pasted, redirectURI: redirectURI)
            return try await finishConnect(
                code: answer.code, state: answer.state, realmID: answer.realmID, browser: browser, by: actor)
        }
    }

    /// Intuit sent the browser back without a consent; the history of the connection it was for notes that.
    ///
    /// - Parameter error: Intuit's word, such as `access_denied`.
    /// - Returns: What to tell the person.
    package func denied(_ error: String, state: String?, browser: Secret, by actor: Actor) async throws -> Desk.Refused
    {
        try await act(.connect, needsFresh: false, by: actor) {
            let denial = ConsentAnswer.Denial(error, state: state)
            guard let state, case .fresh(let consent) = try await take(consent: sha256(state), browser),
                let id = consent.connection
            else { return denial.words }
            let note = ConnectionNote(
                .refused, at: clock.now, text: "Intuit gave no consent (\(denial.word))", by: actor)
            try await storage.note(note, on: id)
            return denial.words
        }
    }

    private func take(consent digest: [UInt8], _ browser: Secret) async throws -> ConsentTaking {
        try await storage.take(
            consent: digest, browserDigest: sha256(browser.reveal()),
            notBefore: clock.now.addingTimeInterval(-Self.consentLifetime.seconds))
    }

    private func finish(
        _ consent: PendingConsent, code: Secret, realmID: String, by actor: Actor
    ) async throws -> Connected {
        do {
            guard let app = try await storage.apps().first(where: { $0.key == consent.app }) else {
                throw Desk.Refused("The app's keys were removed. Enter them again under Settings.")
            }
            let home = try await home(of: realmID, app.environment, asked: consent.connection)
            let id = try await place(home, for: app, by: actor)
            let adopted = try await keeper.adopt(
                .exchange(code: code, redirectURI: consent.redirectURI), app: app, realmID: realmID, connection: id,
                by: actor)
            try await storage.finish(consent: consent.stateDigest, made: id)
            return Connected(
                connection: id, company: adopted.company, outcome: home?.company == nil ? .made : .restored)
        } catch let refused as Desk.Refused {
            refusedConsents.keep(refused, of: consent.stateDigest)
            throw refused
        }
    }

    func sha256(_ text: String) -> [UInt8] { digest.sha256(Array(text.utf8)) }
}

extension Desk {
    /// The browser that came back has not begun a consent that is still open.
    package static let unknownConsent = Desk.Refused(
        """
        Daybook does not expect this answer of Intuit's: it took longer than ten minutes, or was begun in another \
        browser. Press Connect to QuickBooks again.
        """)

    static func hex(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16)
        return text.count == 1 ? "0" + text : text
    }
}
