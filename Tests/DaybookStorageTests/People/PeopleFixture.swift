// SPDX-License-Identifier: Apache-2.0
@testable import Daybook
@testable import DaybookStorage
import Foundation
import Synchronization
import Testing

/// The desks that know people, over real storage, with cheap hashes and a clock that is turned by hand.
struct PeopleFixture: Sendable {
    typealias SignedIn = SignInDesk.SignedIn

    static let origin = SignInDesk.Origin(source: "192.0.2.7", browser: "Firefox")
    static let password = Secret("gravel boom tuesday")

    let storage: SQLiteStorage
    let clock: TurnedClock
    let heard = Heard()
    let roles = RoleAuthorization(hasPeople: false)
    let desk: Desk.People
    let passwords: CountedPasswords

    private let codes = OneTimeCode(mac: SystemMessageAuthentication())

    init(
        over storage: SQLiteStorage? = nil, cost: ScryptCost = ScryptCost(doublings: 4),
        authenticators: AuthenticatorDuty = .administrators, listed: PasswordList = PasswordList(),
        passwords: (any Passwords)? = nil, clock: TurnedClock = TurnedClock()
    ) throws {
        self.clock = clock
        self.storage = try storage ?? SQLiteStorage(at: .memory, sealer: .forTests)
        self.passwords = CountedPasswords(passwords ?? ScryptPasswords(cost: cost))
        let proofs = SignInProofs(passwords: self.passwords, mac: SystemMessageAuthentication(), listed: listed)
        desk = Desk.People(
            Desk.Entry(storage: self.storage, proofs: proofs, roles: roles, authenticators: authenticators),
            randomness: SystemRandomness(), digest: SystemDigest(),
            work: DeskWork(clock: clock, logEvents: heard, waking: NothingWaits(), authorization: roles))
    }

    var signIn: SignInDesk { desk.signIn }

    /// What an authenticator app shows now.
    ///
    /// - Parameter steps: How far ahead its clock is.
    func code(_ seed: Secret, ahead steps: Int64 = 0) throws -> String {
        codes.code(
            seed: try present(AuthenticatorSeed.bytes(seed.reveal())), step: OneTimeCode.step(at: clock.now) + steps)
    }

    /// The first administrator, whose app is yet to be set up.
    func signUp() async throws -> SignedIn {
        let link = try present(try await signIn.makeFirstLink())
        return try present(
            try await signIn.use(link, name: "Pat", password: Self.password, from: Self.origin))
    }

    /// Sets an app up, and lets its code's step pass.
    func setUpApp(_ known: SignedIn) async throws -> (known: SignedIn, seed: Secret, recovery: [Secret]) {
        let seed = desk.ownAccount.newAuthenticatorSeed()
        let recovery = try await desk.ownAccount.confirmAuthenticator(of: known, seed: seed, code: try code(seed))
        clock.turn(30)
        return (try present(try await signIn.session(known.secret)), seed, recovery)
    }

    /// The first administrator, who may do everything.
    func administrator() async throws -> (known: SignedIn, seed: Secret, recovery: [Secret]) {
        try await setUpApp(try await signUp())
    }

    /// Somebody else, who was invited and has chosen a password.
    func person(_ name: String, _ roles: Set<RoleAssignment>, by actor: Actor) async throws -> SignedIn {
        let (_, link) = try await desk.manage.invite(name, roles: roles, by: actor)
        return try present(try await signIn.use(link, name: "", password: Self.password, from: Self.origin))
    }

    func signIn(_ name: String, _ password: Secret = password, code: String = "", source: String = "192.0.2.7")
        async throws -> SignedIn
    {
        try await signIn.signIn(
            name: name, password: password, code: code, from: .init(source: source, browser: "Firefox"))
    }

    /// Why somebody is not let in; nil for a person who is.
    func refusal(_ name: String, _ password: Secret = password, code: String = "", source: String = "192.0.2.7")
        async throws -> SignInDesk.Refused?
    {
        do {
            _ = try await signIn(name, password, code: code, source: source)
            return nil
        } catch let refused as SignInDesk.Refused {
            return refused
        }
    }
}

final class TurnedClock: WallClock {
    private let moment = Mutex(morning)

    var now: Date { moment.withLock { $0 } }

    func turn(_ seconds: Double) { moment.withLock { $0.addTimeInterval(seconds) } }
}

final class Heard: LogEventSink {
    private let kept = Mutex<[LogEvent]>([])

    var logEvents: [LogEvent] { kept.withLock { $0 } }

    func emit(_ event: LogEvent) { kept.withLock { $0.append(event) } }
}

/// The words of a desk that refuses.
func refusal(_ body: () async throws -> Void) async throws -> String? {
    do {
        try await body()
        return nil
    } catch let refused as Desk.Refused {
        return refused.message
    }
}

/// Real hashes, and how often a password was compared with one, or with nobody's.
final class CountedPasswords: Passwords {
    private let passwords: any Passwords
    private let compared = Mutex(0)

    init(_ passwords: any Passwords) { self.passwords = passwords }

    var comparisons: Int { compared.withLock { $0 } }

    func hash(_ password: Secret) async throws -> PasswordHash { try await passwords.hash(password) }

    func matches(_ password: Secret, _ hash: PasswordHash?) async throws -> Bool {
        compared.withLock { $0 += 1 }
        return try await passwords.matches(password, hash)
    }

    func isOutdated(_ hash: PasswordHash) -> Bool { passwords.isOutdated(hash) }
}
