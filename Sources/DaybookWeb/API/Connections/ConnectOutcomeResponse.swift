// SPDX-License-Identifier: Apache-2.0
package import Daybook

/// The result of a consent or of a pasted token.
package struct ConnectOutcomeResponse: Codable, Sendable {
    private static let toConfirm = "to-confirm"

    package let outcome: String
    package let connection: Int64
    package let company: ConnectionResponse.Company
    package let message: String

    /// Whether a person has to confirm the company first.
    package var isToConfirm: Bool { outcome == Self.toConfirm }
}

extension ConnectOutcomeResponse {
    /// - Parameter notes: Further remarks for the reader, such as what was taken out of a pasted text.
    package init(_ connected: Connected, notes: [String] = []) {
        self.init(
            outcome: connected.outcome.rawValue, connection: connected.connection.value,
            company: .init(connected.company), message: ([connected.words] + notes).joined(separator: " "))
    }

    /// - Parameter notes: Further remarks, as for a consent.
    package init(_ pasted: Pasted, notes: [String] = []) {
        switch pasted {
        case .connected(let connected): self.init(connected, notes: notes)
        case .toConfirm(let id, let company):
            self.init(
                outcome: Self.toConfirm, connection: id.value, company: .init(company),
                message: ([pasted.words] + notes).joined(separator: " "))
        }
    }
}

/// The result of Disconnect.
package struct DisconnectResponse: Codable, Sendable {
    package let outcome: String
    package let connection: Int64
    package let message: String

    package init(_ disconnected: Disconnected, _ connection: Connection.ID) {
        outcome = disconnected.rawValue
        self.connection = connection.value
        message = disconnected.words
    }
}
