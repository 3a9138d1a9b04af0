// SPDX-License-Identifier: Apache-2.0
/// A person with what proves who it is.
package struct PersonAccount: Sendable, Equatable {
    package var person: Person
    /// Nil until a link was used to choose one.
    package var password: PasswordHash?
    /// The seed of the authenticator app; nil without one.
    package var authenticator: Authenticator?
    /// Hashes of the recovery codes that were not used.
    package var recoveryCodes: [SecretDigest]

    package init(
        person: Person, password: PasswordHash?, authenticator: Authenticator?, recoveryCodes: [SecretDigest]
    ) {
        self.person = person
        self.password = password
        self.authenticator = authenticator
        self.recoveryCodes = recoveryCodes
    }
}

/// A password's hash with its salt and its settings, as text: `scrypt$17$8$1$<salt>$<hash>`, both base64.
package struct PasswordHash: Hashable, Sendable {
    package let text: String

    package init(text: String) { self.text = text }
}

/// The SHA-256 of a random secret of at least 128 bits, such as a session's: enough for what nobody can guess.
package struct SecretDigest: Hashable, Sendable {
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) { self.bytes = bytes }

    package init(of secret: Secret, _ digest: any Digest) { bytes = digest.sha256(Array(secret.reveal().utf8)) }
}

/// An authenticator app that shares a seed with Daybook.
package struct Authenticator: Sendable, Equatable {
    /// Base32, as the app takes it.
    package let seed: Secret
    /// The step of the last code that was taken: each code counts once.
    package var lastStep: Int64
    /// By how many steps the device's clock is ahead of this machine's; negative for one that is behind.
    package var offset: Int64

    package init(seed: Secret, lastStep: Int64 = -1, offset: Int64 = 0) {
        self.seed = seed
        self.lastStep = lastStep
        self.offset = offset
    }
}
