// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A person's sign-in in one browser.
package struct Session: Sendable, Equatable {
    /// The session's number, by which it is named in lists.
    package let serial: Int64
    package let person: Person.ID
    /// What the browser's cookie is known by; the cookie itself is not kept.
    package let digest: SecretDigest
    package let startedAt: Date
    /// When password and code were given; a fresh sign-in moves it.
    package var signedInAt: Date
    package var lastUsedAt: Date
    /// The address it was begun from, as the server saw it; for the person who looks at the list.
    package let source: String
    /// What the browser says it is, at most 200 characters.
    package let browser: String

    package init(
        serial: Int64, person: Person.ID, digest: SecretDigest, startedAt: Date, signedInAt: Date, lastUsedAt: Date,
        source: String, browser: String
    ) {
        self.serial = serial
        self.person = person
        self.digest = digest
        self.startedAt = startedAt
        self.signedInAt = signedInAt
        self.lastUsedAt = lastUsedAt
        self.source = source
        self.browser = browser
    }

    /// The session after password and code were given again.
    func refreshed(digest: SecretDigest, at now: Date) -> Session {
        Session(
            serial: serial, person: person, digest: digest, startedAt: startedAt, signedInAt: now, lastUsedAt: now,
            source: source, browser: browser)
    }

    /// A session ends when it was not used for so long.
    package static let idleEnd = Duration.seconds(12 * 3_600)
    /// A session ends so long after its start, whatever was done.
    package static let absoluteEnd = Duration.seconds(14 * 86_400)

    package func isOver(at now: Date) -> Bool {
        now.timeIntervalSince(lastUsedAt) >= Self.idleEnd.seconds
            || now.timeIntervalSince(startedAt) >= Self.absoluteEnd.seconds
    }
}
