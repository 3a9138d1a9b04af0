// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("docs/states.md")
struct StateDiagramTests {
    private static let head = """
        # The state machines

        `make docs` draws these diagrams from the state machines' code; a test compares them. How a transaction and a token pass \
        through the files: [walkthrough.md](walkthrough.md).


        """

    private static var page: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/states.md")
    }

    @Test("is what the machines say; make docs writes it")
    func current() throws {
        let diagrams: [StateDiagram] = [.exports(), .circuitBreaker(), .connections(), .refreshes()]
        let drawn = Self.head + diagrams.map(\.markdown).joined(separator: "\n")
        if ProcessInfo.processInfo.environment["DAYBOOK_WRITE_DOCS"] != nil {
            try Data(drawn.utf8).write(to: Self.page)
        }
        #expect(try String(contentsOf: Self.page, encoding: .utf8) == drawn, "run: make docs")
    }

    @Test("draws every state, and every event that a machine takes anywhere")
    func complete() {
        let exports = StateDiagram.exports()
        let names = Set(exports.edges.flatMap { [$0.from, $0.to] })
        #expect(names.count == 10, "\(names)")
        #expect(Set(exports.edges.map(\.event)).count == ExportStateMachineTests.events.count)
        let phases = Set(StateDiagram.refreshes().edges.flatMap { [$0.from, $0.to] })
        #expect(phases.count == 9, "\(phases)")
    }
}
