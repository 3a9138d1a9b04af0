// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What people do with their own accounts.
package struct OwnAccountDesk: Sendable {
    let storage: any PeopleStorage & SessionStorage
    let proofs: SignInProofs
    let limits: KeptLimits
    let randomness: any Randomness
    let digest: any Digest
    let clock: any WallClock
    let logEvents: any LogEventSink

    /// One's own sessions, the latest used first.
    package func sessions(of known: SignInDesk.SignedIn) async throws -> [Session] {
        try await storage.sessions(of: known.person.id, at: clock.now)
    }

    /// - Throws: ``Desk/FreshSignInNeeded``; ``Desk/Refused`` for a session that is not one's own.
    package func end(session serial: Int64, of known: SignInDesk.SignedIn) async throws {
        try needsFresh(known, to: "end a session")
        guard try await sessions(of: known).contains(where: { $0.serial == serial }) else {
            throw Desk.Refused("There is no such session of yours; it may have ended already.")
        }
        try await known.act(.endSession, at: clock.now) { try await storage.end(session: serial) }
    }

    /// - Throws: ``Desk/FreshSignInNeeded``.
    package func endOtherSessions(of known: SignInDesk.SignedIn) async throws {
        try needsFresh(known, to: "end a session")
        try await known.act(.endSession, at: clock.now) {
            try await storage.endSessions(of: known.person.id, keeping: known.session.serial)
        }
    }

    /// Other sessions of the person end.
    ///
    /// - Parameter origin: Where the request comes from: the present password can be tried no more often than a
    ///   sign-in.
    /// - Throws: ``Desk/FreshSignInNeeded``; ``SignInDesk/Refused`` after too many tries; ``Desk/Refused`` when the
    ///   present password is wrong, or the new one is not allowed.
    package func changePassword(
        of known: SignInDesk.SignedIn, from present: Secret, to password: Secret, at origin: SignInDesk.Origin
    ) async throws {
        try needsFresh(known, to: "change the password")
        guard try await hasPresent(present, known, origin) else {
            logEvents.emit(.signInRefused(source: origin.source))
            throw Desk.Refused("The present password is wrong. Nothing was changed.")
        }
        if let problem = PasswordRule.problem(with: password, of: known.person.name, listed: proofs.listed) {
            throw Desk.Refused(problem)
        }
        let hash = try await proofs.passwords.hash(password)
        _ = try await known.act(.changePassword, at: clock.now) {
            try await storage.change(known.person.id, keeping: known.session.digest, at: clock.now) {
                $0.password = hash
            }
        }
    }

    private func hasPresent(
        _ present: Secret, _ known: SignInDesk.SignedIn, _ origin: SignInDesk.Origin
    ) async throws -> Bool {
        let account = try await limits.limited(known.person.name.key, origin, at: clock.elapsed) {
            let account = try await storage.account(of: known.person.id)
            let isRight = try await proofs.passwords.matches(present, account?.password)
            return isRight ? account : nil
        }
        return account != nil
    }

    /// A seed for an authenticator app; nothing is kept until a code of it is confirmed.
    package func newAuthenticatorSeed() -> Secret { Secret(AuthenticatorSeed.text(randomness.bytes(20))) }

    /// The address that a QR code or an app takes.
    package static func authenticatorAddress(seed: Secret, name: PersonName) -> Secret {
        let label = "Daybook:\(name.text)".addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "Daybook"
        return Secret("otpauth://totp/\(label)?secret=\(seed.reveal())&issuer=Daybook")
    }

    /// Keeps an authenticator app whose code is right.
    ///
    /// The codes of half a minute before and after are right, too: they prove that the app has the seed, and let nobody
    /// in. The app's clock counts as right until two codes in a row say otherwise, because people who type slowly are
    /// more frequent than clocks that are off. Other sessions of the person end.
    ///
    /// - Returns: The recovery codes, which are shown once.
    /// - Throws: ``Desk/FreshSignInNeeded``; ``Desk/Refused`` when the code is not the app's.
    package func confirmAuthenticator(of known: SignInDesk.SignedIn, seed: Secret, code: String) async throws
        -> [Secret]
    {
        let now = clock.now
        try needsFresh(known, to: "set up an authenticator app")
        guard let bytes = AuthenticatorSeed.bytes(seed.reveal()), bytes.count >= 16,
            let step = proofs.codes.step(of: code, seed: bytes, near: OneTimeCode.step(at: now), after: -1)
        else {
            throw Desk.Refused(
                """
                The code is not the one that the app shows for this seed. Wait for the next code and type it; if it is \
                wrong again, the phone's clock or this server's is wrong.
                """)
        }
        let codes = (0..<RecoveryCode.count).map { _ in RecoveryCode.make(randomness) }
        let digests = codes.map { SecretDigest(of: RecoveryCode.secret($0.reveal()), digest) }
        _ = try await known.act(.setUpAuthenticator, at: now) {
            try await storage.change(known.person.id, keeping: known.session.digest, at: now) { account in
                account.authenticator = Authenticator(seed: seed, lastStep: step)
                account.recoveryCodes = digests
            }
        }
        return codes
    }

    /// Somebody who finds a browser left open must not be able to take over the account.
    private func needsFresh(_ known: SignInDesk.SignedIn, to words: String) throws {
        guard known.isFresh(at: clock.now) else { throw Desk.FreshSignInNeeded(to: words) }
    }
}
