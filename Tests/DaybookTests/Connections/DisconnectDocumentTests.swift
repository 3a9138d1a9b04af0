// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

/// docs/errors.md is where people look up what **Disconnect** says, by its own words.
@Suite("The document of what Disconnect says")
struct DisconnectDocumentTests {
    @Test("Every outcome that leaves something to do is there word for word", arguments: Disconnected.allCases)
    func outcomes(outcome: Disconnected) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/errors.md"), encoding: .utf8)
        guard outcome.words != "Disconnected." else { return }
        #expect(text.contains("\n| \(outcome.words) | "), "\(outcome.words)")
    }
}
