// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

/// A person's sign-in in one browser, in JSON.
package struct SessionResponse: Codable, Sendable, Equatable {
    package let serial: Int64
    package let startedAt: Date
    /// When password and code were given last.
    package let signedInAt: Date
    package let lastUsedAt: Date
    package let source: String
    package let browser: String

    package init(_ session: Session) {
        serial = session.serial
        startedAt = session.startedAt
        signedInAt = session.signedInAt
        lastUsedAt = session.lastUsedAt
        source = session.source
        browser = session.browser
    }
}
