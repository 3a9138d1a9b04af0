// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A link that somebody may use once, to choose a password: as the first administrator, invited, or after a reset.
package struct OneTimeLink: Sendable, Equatable {
    package enum Purpose: Hashable, Sendable {
        /// Makes the first administrator; there is one such link at most.
        case firstAdministrator
        /// Chooses the password of somebody who has none yet.
        case invitation(Person.ID)
        /// Chooses another password.
        case passwordReset(Person.ID)
    }

    package let purpose: Purpose
    package let digest: SecretDigest
    package let madeAt: Date
    package let expiresAt: Date

    package init(purpose: Purpose, digest: SecretDigest, madeAt: Date, expiresAt: Date) {
        self.purpose = purpose
        self.digest = digest
        self.madeAt = madeAt
        self.expiresAt = expiresAt
    }

    /// How long a link for a person is good.
    package static let lifetime = Duration.seconds(3 * 86_400)
}
