// SPDX-License-Identifier: Apache-2.0

/// A connection with its two clocks, its stores and its history.
package struct ConnectionDetails: Sendable {
    /// The days that ``refreshes`` counts.
    package static let refreshDays = 30

    package let overview: ConnectionOverview
    package let clocks: ConnectionClocks?
    /// The stores that post to it, by number.
    package let stores: [Store]
    package let inError: Int
    package let refreshes: RefreshCount
    /// The company of a token that was tried and waits for a person to confirm it.
    package let proposal: Company?
    /// The newest note first.
    package let history: [ConnectionNote]

    package var connection: Connection { overview.connection }
}
