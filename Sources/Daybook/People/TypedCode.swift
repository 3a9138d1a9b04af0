// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// What a code is that somebody has typed.
enum TypedCode: Equatable, Sendable {
    /// It is right, and was used up.
    case taken(SignInFactor)
    /// The app's code of the step before or after the expected one; nothing was changed.
    case missed(MissedCode)
    case wrong
}

/// A code that is right for the step before the expected one, or for the step after it.
struct MissedCode: Equatable, Sendable {
    let step: Int64
    /// −1 for the step before, 1 for the step after.
    let distance: Int64

    /// Whether two codes one after the other were missed in the same direction, which tells a clock that is off from
    /// somebody who types slowly (RFC 6238, section 6).
    func follows(_ former: MissedCode?) -> Bool {
        former?.distance == distance && former?.step == step - 1
    }

    var words: String {
        let next = "If it still shows the same code, wait for the next one."
        return distance < 0
            ? "That code has just ended; type the one your app shows now. \(next)"
            : "That code has yet to begin by this server's clock; type the one your app shows now. \(next)"
    }
}

/// The latest missed code of each person.
///
/// It is of no use after a minute, so it is kept in memory alone.
final class MissedCodes: Sendable {
    private let codes = Mutex<[Person.ID: MissedCode]>([:])

    func latest(of person: Person.ID) -> MissedCode? { codes.withLock { $0[person] } }

    func note(_ code: MissedCode, of person: Person.ID) { codes.withLock { $0[person] = code } }

    func forget(_ person: Person.ID) { codes.withLock { $0[person] = nil } }
}

extension Authenticator {
    /// A device's clock that is further off has to be set; 20 steps are ten minutes.
    static let greatestOffset: Int64 = 20

    /// Takes a code of the app: of the one step that is expected now, or the second of two missed ones in a row, from
    /// which the offset of the device's clock is learned.
    mutating func take(
        _ code: String, seed: [UInt8], codes: OneTimeCode, after former: MissedCode?, at now: Date
    ) -> TypedCode {
        let expected = OneTimeCode.step(at: now) + offset
        guard let step = codes.step(of: code, seed: seed, near: expected, after: lastStep) else { return .wrong }
        let missed = MissedCode(step: step, distance: step - expected)
        if missed.distance != 0 {
            let learned = offset + missed.distance
            guard missed.follows(former), abs(learned) <= Self.greatestOffset else { return .missed(missed) }
            offset = learned
        }
        lastStep = step
        return .taken(.authenticator)
    }
}

extension PersonAccount {
    /// Takes a code of the app, or a recovery code, which is used up by it.
    ///
    /// - Parameter former: The person's latest missed code.
    mutating func take(
        _ code: String, codes: OneTimeCode, digest: any Digest, after former: MissedCode?, at now: Date
    ) -> TypedCode {
        guard var app = authenticator else { return .taken(.password) }
        if let seed = AuthenticatorSeed.bytes(app.seed.reveal()) {
            let typed = app.take(code, seed: seed, codes: codes, after: former, at: now)
            authenticator = app
            if typed != .wrong { return typed }
        }
        let typed = SecretDigest(of: RecoveryCode.secret(code), digest)
        guard let place = recoveryCodes.firstIndex(of: typed) else { return .wrong }
        recoveryCodes.remove(at: place)
        return .taken(.recoveryCode)
    }
}
