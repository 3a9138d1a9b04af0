// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A value as both engines store it: integers for amounts, serials and times, text, and bytes.
package enum SQLValue: Hashable, Sendable {
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
    case null

    package static func int(_ value: Int) -> SQLValue { .integer(Int64(value)) }

    package static func flag(_ value: Bool) -> SQLValue { .integer(value ? 1 : 0) }

    package static func optional(_ text: String?) -> SQLValue { text.map(SQLValue.text) ?? .null }

    /// Times are whole milliseconds since 1970, rounded, so that writing what was read changes nothing.
    package static func time(_ date: Date) -> SQLValue { .integer(date.milliseconds) }

    package static func optional(_ date: Date?) -> SQLValue { date.map(SQLValue.time) ?? .null }
}

extension Date {
    package var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }

    package init(milliseconds: Int64) { self.init(timeIntervalSince1970: TimeInterval(milliseconds) / 1000) }
}
