// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("The desk asks before it does anything, and the audit trail hears of what is done")
struct AuthorizationQuestionTests {
    /// These change nothing.
    private static let reading = ["list", "sessions", "entries", "verify", "preview"]

    @Test(
        "every verb that takes an actor is done within an act, which asks whether that actor may; one that reads only asks"
    )
    func first() throws {
        let files = try SourceTree.sources.get().filter { $0.path.contains("Sources/Daybook/Desk/") }
        var verbs = 0
        for file in files {
            for match in file.lines.joined(separator: "\n").matches(
                of: /package func (\w+)\([^{]*by actor: Actor[^{]*\{\s*([^\n]*)/)
            {
                verbs += 1
                // One that passes everything on to its namesake is asked there.
                let isPassedOn = match.2.contains("try await \(match.1)(")
                let asks = match.2.hasPrefix("try authorize(")
                let acts = match.2.firstMatch(of: /^(return )?try await act\(/) != nil
                let isRight = Self.reading.contains(String(match.1)) ? asks : acts || isPassedOn
                #expect(isRight, "\(match.1) in \(file.path)")
            }
        }
        #expect(verbs > 15, "the test looks in the wrong place")
    }
}
