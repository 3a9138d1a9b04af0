// SPDX-License-Identifier: Apache-2.0
package import Foundation
import Synchronization

/// Lets people in: the first administrator, those who were invited, and everybody who comes back.
package struct SignInDesk: Sendable {
    let storage: any PeopleStorage & SessionStorage & KeyStorage
    let proofs: SignInProofs
    let randomness: any Randomness
    let digest: any Digest
    let clock: any WallClock
    let logEvents: any LogEventSink
    let roles: RoleAuthorization
    private let authenticators: AuthenticatorDuty
    private let limits: KeptLimits
    private let missed = MissedCodes()

    init(
        _ entry: Desk.Entry, limits: KeptLimits, randomness: any Randomness, digest: any Digest, work: DeskWork
    ) {
        storage = entry.storage
        self.limits = limits
        proofs = entry.proofs
        roles = entry.roles
        authenticators = entry.authenticators
        self.randomness = randomness
        self.digest = digest
        clock = work.clock
        logEvents = work.logEvents
    }

    /// Whether people must sign in: somebody has signed up.
    package var isRequired: Bool { roles.isInForce }

    /// Where a request came from, as far as it is kept.
    package struct Origin: Sendable {
        package let source: String
        package let browser: String

        package init(source: String, browser: String) {
            self.source = String(source.prefix(100))
            self.browser = String(browser.filter { !$0.isNewline }.prefix(200))
        }
    }

    /// Somebody has signed in; the secret is for the browser's cookie alone.
    package struct SignedIn: Sendable {
        package let secret: Secret
        package let session: Session
        package let person: Person
        let duty: AuthenticatorDuty
    }

    /// Why somebody was not let in, in words that don't tell a stranger which people there are.
    package struct Refused: Error, Equatable, Sendable {
        package enum Cause: Hashable, Sendable {
            case wrong, tooOften, spentLink, password, name
            /// Password and code are right, but the code's half minute is over or has yet to begin.
            case missedCode
        }

        package let cause: Cause
        package let message: String
        /// In how many seconds one may try again; nil unless there were too many attempts.
        package var retryAfter: Int?
    }

    /// The link that makes the first administrator; one that was made before is no longer good.
    ///
    /// - Returns: Nil once somebody has signed up.
    package func makeFirstLink() async throws -> Secret? {
        guard try await !storage.hasPeople() else { return nil }
        let secret = SecretToken.make(randomness)
        let now = clock.now
        try await storage.keep(
            OneTimeLink(
                purpose: .firstAdministrator, digest: SecretDigest(of: secret, digest), madeAt: now,
                expiresAt: now.addingTimeInterval(OneTimeLink.lifetime.seconds)))
        return secret
    }

    /// What a link is for, and whose it is; nil for one that is no longer good.
    package func link(_ secret: Secret) async throws -> (purpose: OneTimeLink.Purpose, name: PersonName?)? {
        let now = clock.now
        guard let link = try await storage.link(SecretDigest(of: secret, digest), at: now) else { return nil }
        switch link.purpose {
        case .firstAdministrator: return (link.purpose, nil)
        case .invitation(let person), .passwordReset(let person):
            return (link.purpose, try await storage.account(of: person)?.person.name)
        }
    }

    /// Uses a link: chooses a password, and signs in with it.
    ///
    /// - Parameters:
    ///   - name: Of the first administrator; of no meaning for other links.
    ///   - former: The session that this browser had before; it ends, also where it is somebody else's.
    /// - Returns: Nil for somebody with an authenticator app, who signs in with the new password and a code: a link in
    ///   the wrong hands must not let anybody in without a code.
    /// - Throws: ``Refused``; the link is still good unless its cause is `spentLink`.
    package func use(
        _ secret: Secret, name text: String, password: Secret, from origin: Origin, over former: SignedIn? = nil
    ) async throws -> SignedIn? {
        guard let (purpose, known) = try await link(secret) else {
            logEvents.emit(.signInRefused(source: origin.source))
            throw Self.spent
        }
        let name = try known ?? Self.name(text)
        if let problem = PasswordRule.problem(with: password, of: name, listed: proofs.listed) {
            throw Refused(cause: .password, message: problem)
        }
        let hash = try await proofs.passwords.hash(password)
        do {
            let account = try await Act.$current.withValue(Self.signUp(purpose, name, origin, at: clock.now)) {
                try await storage.use(
                    SecretDigest(of: secret, digest), name: purpose == .firstAdministrator ? name : nil,
                    password: hash, at: clock.now)
            }
            roles.somebodySignedUp()
            return account.person.hasAuthenticator
                ? nil : try await begin(account.person, by: .link, from: origin, over: former)
        } catch is LinkSpent {
            logEvents.emit(.signInRefused(source: origin.source))
            throw Self.spent
        } catch let taken as NameTaken {
            throw Refused(cause: .name, message: "Somebody is called \(taken.name) already. Choose another name.")
        }
    }

    /// - Parameters:
    ///   - code: Of the authenticator app, or a recovery code; empty without one.
    ///   - former: The session that this browser had before; it ends, also where it is somebody else's.
    /// - Throws: ``Refused``, with the same words for an unknown name, a wrong password and a wrong code. A code of the
    ///   half minute before or after has words of its own, which only somebody who knows the password sees.
    package func signIn(
        name text: String, password: Secret, code: String, from origin: Origin, over former: SignedIn? = nil
    ) async throws -> SignedIn {
        let name = PersonName(text)
        let typed = name?.key ?? String(text.lowercased().prefix(100))
        let arrival = clock.now
        let (person, factor) = try await tried(as: typed, from: origin) {
            try await proven(name, password, code, at: arrival)
        }
        return try await begin(person, by: factor, from: origin, over: former)
    }

    /// Makes a fresh sign-in of a session: password and code are given again.
    ///
    /// - Returns: The session under another secret, for the cookie.
    package func signInAgain(_ known: SignedIn, password: Secret, code: String, from origin: Origin) async throws
        -> SignedIn
    {
        let name = known.person.name
        let arrival = clock.now
        let (_, factor) = try await tried(as: name.key, from: origin) {
            try await proven(name, password, code, at: arrival)
        }
        let secret = SecretToken.make(randomness)
        let now = clock.now
        let session = known.session.refreshed(digest: SecretDigest(of: secret, digest), at: now)
        try await act(.signInAgain, by: known.person, from: origin) {
            try await storage.refresh(session.serial, digest: session.digest, at: now)
        }
        logEvents.emit(.signedInAgain(person: known.person.id, by: factor))
        return SignedIn(secret: secret, session: session, person: known.person, duty: authenticators)
    }

    /// Who a cookie's secret belongs to; nil when the session is over.
    package func session(_ secret: Secret) async throws -> SignedIn? {
        let now = clock.now
        guard let (session, person) = try await storage.session(SecretDigest(of: secret, digest), at: now) else {
            return nil
        }
        // A storage that can't write says so by itself; somebody who has signed in may look all the same.
        try? await storage.noteUse(ofSession: session.serial, at: now)
        return SignedIn(secret: secret, session: session, person: person, duty: authenticators)
    }

    /// Who a key belongs to; nil for one that is revoked, has ended or never was.
    ///
    /// - Parameter source: The address that the call came from.
    package func key(_ secret: Secret, from source: String) async throws -> Actor? {
        let now = clock.now
        guard let key = try await storage.key(SecretDigest(of: secret, digest)), key.isUsable(at: now) else {
            programRefused(from: source)
            return nil
        }
        try? await storage.noteUse(ofKey: key.serial, at: now)
        return .key(Principal(id: key.serial, name: key.name, rights: key.rights, source: source))
    }

    package func signOut(_ known: SignedIn) async throws {
        try await known.act(.signOut, at: clock.now) { try await storage.end(session: known.session.serial) }
        logEvents.emit(.signedOut(person: known.person.id))
    }

    /// A program was not let in by what it has sent.
    package func programRefused(from source: String) { logEvents.emit(.keyRefused(source: source)) }

    /// Somebody was kept from a page or a call for want of a right.
    package func noteRefusal(_ refused: Desk.NotAllowed) { logEvents.emit(refused.logEvent) }

    /// - Throws: ``Refused`` for what is wrong, and for one who tries too often.
    private func tried(
        as name: String, from origin: Origin, _ prove: () async throws -> (Person, SignInFactor)?
    ) async throws -> (Person, SignInFactor) {
        do {
            guard let proven = try await limits.limited(name, origin, at: clock.elapsed, prove) else {
                throw Self.wrong
            }
            return proven
        } catch let refused as Refused {
            logEvents.emit(.signInRefused(source: origin.source))
            throw refused
        }
    }

    /// The person when all is right; the same work is done for every name, so that the time it takes tells nothing.
    ///
    /// - Parameter arrival: When the request came. A code must not end while passwords of others are being hashed.
    private func proven(
        _ name: PersonName?, _ password: Secret, _ code: String, at arrival: Date
    ) async throws -> (Person, SignInFactor)? {
        var account: PersonAccount?
        if let name { account = try await storage.account(named: name) }
        let isRight = try await proofs.passwords.matches(password, account?.password)
        guard isRight, let account, account.person.isEnabled else { return nil }
        guard let factor = try await take(code, of: account, at: arrival) else { return nil }
        try await strengthen(password, of: account)
        return (account.person, factor)
    }

    /// Hashes a password anew that was hashed when machines were slower.
    private func strengthen(_ password: Secret, of account: PersonAccount) async throws {
        guard let known = account.password, proofs.passwords.isOutdated(known) else { return }
        let hash = try await proofs.passwords.hash(password)
        try await storage.strengthen(hash, of: account.person.id, insteadOf: known)
    }

    /// Nil for a wrong code.
    ///
    /// - Throws: ``Refused`` for a code of the half minute before or after; it is no guess, and counts as none.
    private func take(_ code: String, of account: PersonAccount, at now: Date) async throws -> SignInFactor? {
        guard account.authenticator != nil else { return .password }
        let (person, digest, codes) = (account.person.id, digest, proofs.codes)
        let former = missed.latest(of: person)
        let answer = CodeAnswer()
        // Decided where it is written down: the same code can't be used twice at the same moment.
        _ = try await storage.change(person, keeping: nil, at: now) { account in
            answer.set(account.take(code, codes: codes, digest: digest, after: former, at: now))
        }
        switch answer.value {
        case .taken(let factor):
            missed.forget(person)
            return factor
        case .missed(let code):
            missed.note(code, of: person)
            throw Refused(cause: .missedCode, message: code.words)
        case .wrong: return nil
        }
    }

    private func begin(
        _ person: Person, by factor: SignInFactor, from origin: Origin, over former: SignedIn?
    ) async throws -> SignedIn {
        // A session whose cookie is overwritten could no longer be ended by the browser that had it.
        if let former { try await signOut(former) }
        let secret = SecretToken.make(randomness)
        let session = try await act(.signIn, by: person, from: origin) {
            try await storage.begin(
                person.id, digest: SecretDigest(of: secret, digest), source: origin.source, browser: origin.browser,
                at: clock.now)
        }
        logEvents.emit(.signedIn(person: person.id, by: factor))
        return SignedIn(secret: secret, session: session, person: person, duty: authenticators)
    }

    /// The first administrator has no number before the link is used.
    private static func signUp(
        _ purpose: OneTimeLink.Purpose, _ name: PersonName, _ origin: Origin, at now: Date
    ) -> Act {
        switch purpose {
        case .firstAdministrator: Act(.further(.signUp), by: .anybody(.page), at: now)
        case .invitation(let id), .passwordReset(let id):
            Act(
                .further(.signUp),
                by: .person(Principal(id: id.value, name: name.text, rights: .none, source: origin.source)), at: now)
        }
    }

    private func act<Value>(
        _ further: Act.Further, by person: Person, from origin: Origin, _ body: () async throws -> Value
    ) async throws -> Value {
        let principal = Principal(
            id: person.id.value, name: person.name.text, rights: person.rights, source: origin.source)
        return try await Act.$current.withValue(
            Act(.further(further), by: .person(principal), at: clock.now), operation: body)
    }

    private static func name(_ text: String) throws -> PersonName {
        guard let name = PersonName(text) else {
            throw Refused(cause: .name, message: "“\(text.prefix(40))” can't be a name. \(PersonName.rule)")
        }
        return name
    }

    private static let wrong = Refused(
        cause: .wrong,
        message: """
            Name, password or code is wrong. Without an authenticator app leave the code empty. If you have \
            forgotten the password, ask an administrator for a new link.
            """)

    private static let spent = Refused(
        cause: .spentLink,
        message: "This link was used or has run out. Ask an administrator for a new one; it takes the old one's place.")
}

extension SignInDesk.SignedIn {
    /// The person as an actor; as long as an authenticator app is still to be set up, nothing else may be done.
    package var actor: Actor {
        let rights = mustSetUpAuthenticator ? .none : person.rights
        return .person(
            Principal(
                id: person.id.value, name: person.name.text, rights: rights, signedInAt: session.signedInAt,
                source: session.source))
    }

    /// Does something with one's own account, which needs no role; it is in the audit trail.
    func act<Value>(_ further: Act.Further, at now: Date, _ body: () async throws -> Value) async throws -> Value {
        try await Act.$current.withValue(Act(.further(further), by: actor, at: now), operation: body)
    }

    /// Whether password and code were given in the last ten minutes.
    package func isFresh(at now: Date) -> Bool {
        if case .person(let principal) = actor { principal.isFresh(at: now) } else { false }
    }

    /// Whether the person has yet to set up an authenticator app before anything else can be done.
    package var mustSetUpAuthenticator: Bool {
        duty.binds(person) && !person.hasAuthenticator
    }
}

/// What a closure that the storage runs has decided.
private final class CodeAnswer: Sendable {
    private let answer = Mutex(TypedCode.wrong)

    var value: TypedCode { answer.withLock { $0 } }

    func set(_ value: TypedCode) { answer.withLock { $0 = value } }
}

/// Codes for the day on which the phone is lost; each counts once.
package enum RecoveryCode {
    package static let count = 10

    /// How many groups of four characters a code has; a character holds five bits.
    private static let groups = 7

    /// As it is shown: `k3f9-7m2q-xw8p-4tz1-9bc7-2hq5-d8vn`, 140 random bits.
    static func make(_ randomness: any Randomness) -> Secret {
        let text = Base32.text(randomness.bytes(18)).lowercased()
        let parts = stride(from: 0, to: groups * 4, by: 4).map { start in
            String(text.dropFirst(start).prefix(4))
        }
        return Secret(parts.joined(separator: "-"))
    }

    /// The secret of a code, however it was typed.
    static func secret(_ typed: String) -> Secret {
        let plain = typed.lowercased().filter { $0.isLetter || $0.isNumber }
        // Letters that Crockford's alphabet does not have stand for the digits that they look like.
        return Secret(plain.replacing("o", with: "0").replacing("i", with: "1").replacing("l", with: "1"))
    }
}
