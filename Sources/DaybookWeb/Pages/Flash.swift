// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What the next page says about what was just done.
struct Flash: Codable, Sendable, Equatable {
    enum Tone: String, Codable, Sendable {
        case good, bad
    }

    let tone: Tone
    let message: String
    let details: [String]

    init(_ tone: Tone, _ message: String, details: [String] = []) {
        self.tone = tone
        self.message = message
        self.details = details
    }

    /// As it stands in the cookie, which browsers cut at 4 kB.
    func text() -> String {
        do {
            return try JSONEncoder().encode(self).base64EncodedString()
        } catch {
            preconditionFailure("texts always encode: \(error)")
        }
    }

    /// Nil when it is not a flash of ours, such as one from before an update.
    init?(text: String) {
        guard let data = Data(base64Encoded: text) else { return nil }
        do {
            self = try JSONDecoder().decode(Flash.self, from: data)
        } catch {
            return nil
        }
    }
}
