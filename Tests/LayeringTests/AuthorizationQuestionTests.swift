// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("The desk asks before it does anything")
struct AuthorizationQuestionTests {
    @Test("every verb that takes an actor begins with the question whether that actor may")
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
                #expect(match.2.hasPrefix("try authorize(") || isPassedOn, "\(match.1) in \(file.path)")
            }
        }
        #expect(verbs > 15, "the test looks in the wrong place")
    }
}
