// SPDX-License-Identifier: Apache-2.0

@testable import Daybook

extension StateDiagram {
    /// Every trouble with the evidence that ends it.
    static func connections() -> StateDiagram {
        var diagram = StateDiagram(
            title: "A connection",
            lead: """
                From `ConnectionTrouble.Cause` and what ends each, in \
                [ConnectionTrouble+Ending.swift](../Sources/Daybook/Connections/ConnectionTrouble+Ending.swift). A final trouble \
                ends by nothing but a person's consent or another token. Of two troubles only the weightier one is \
                shown.
                """)
        diagram.add("Not connected", "consent or token", "Connected")
        diagram.add("Connected", "disconnect", "Not connected")
        for cause in ConnectionTrouble.Cause.allCases {
            let evidence = [
                ("a token answer", .tokenAnswer), ("a call", .call), ("an active subscription", .subscription),
                ("a written document", .writing),
            ].filter { (_, evidence: ConnectionTrouble.Evidence) in cause.isEnded(by: evidence) }.map(\.0)
            let group = cause.isFinal ? "Broken for good" : "In trouble until \(evidence.joined(separator: ", or "))"
            diagram.add("Connected", cause.rawValue, group)
            if !cause.isFinal { diagram.add(group, "such evidence", "Connected") }
            diagram.add(group, "consent or token", "Connected")
        }
        return diagram
    }
}
