// SPDX-License-Identifier: Apache-2.0

/// A state machine as it answers: from which state which event leads where.
struct StateDiagram {
    struct Edge: Hashable {
        let from: String
        let event: String
        let to: String
    }

    let title: String
    /// What the reader should know before the drawing.
    let lead: String
    private(set) var edges: Set<Edge> = []

    init(title: String, lead: String) {
        self.title = title
        self.lead = lead
    }

    mutating func add(_ from: String, _ event: String, _ to: String) {
        edges.insert(Edge(from: from, event: event, to: to))
    }

    /// Markdown with a Mermaid drawing, the same for the same machine.
    var markdown: String {
        let arrows = Dictionary(grouping: edges) { [$0.from, $0.to] }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { ends, edges in
                let events = edges.map(\.event).sorted().joined(separator: "<br>")
                return "    \(Self.id(ends[0])) --> \(Self.id(ends[1])): \(events)"
            }
        let names = Set(edges.flatMap { [$0.from, $0.to] }).sorted()
            .map { "    state \"\($0)\" as \(Self.id($0))" }
        let drawing = (names + arrows).joined(separator: "\n")
        return "## \(title)\n\n\(lead)\n\n```mermaid\nstateDiagram-v2\n\(drawing)\n```\n"
    }

    private static func id(_ name: String) -> String { name.filter(\.isLetter) }
}
