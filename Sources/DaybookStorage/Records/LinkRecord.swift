// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// A one-time link in columns.
enum LinkRecord {
    /// Queries name the table `l`.
    static let columns = "l.purpose, l.person_id, l.digest, l.made_at, l.expires_at"

    static func read(_ row: inout SQLRow) throws -> OneTimeLink {
        let word = try row.text()
        let person = try row.optionalInteger().map { Person.ID($0) }
        let purpose: OneTimeLink.Purpose
        switch (word, person) {
        case ("first-administrator", nil): purpose = .firstAdministrator
        case ("invitation", let person?): purpose = .invitation(person)
        case ("password-reset", let person?): purpose = .passwordReset(person)
        default: throw row.unreadable("“\(word)” is not the purpose of a link")
        }
        return OneTimeLink(
            purpose: purpose, digest: SecretDigest(bytes: try row.bytes()), madeAt: try row.time(),
            expiresAt: try row.time())
    }

    static func values(_ link: OneTimeLink) -> [SQLValue] {
        values(link.purpose) + [.bytes(link.digest.bytes), .time(link.madeAt), .time(link.expiresAt)]
    }

    /// The purpose's word, and the person or null.
    static func values(_ purpose: OneTimeLink.Purpose) -> [SQLValue] {
        switch purpose {
        case .firstAdministrator: [.text("first-administrator"), .null]
        case .invitation(let person): [.text("invitation"), .integer(person.value)]
        case .passwordReset(let person): [.text("password-reset"), .integer(person.value)]
        }
    }
}
