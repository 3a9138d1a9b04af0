// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import HTTPTypes

extension ExportsCommand {
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one export: its entry, its history and the ids of its requests.")

        @Argument(help: "The export's number, as `daybook exports` lists it.")
        var serial: Int64

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let answer: ServerAnswer<ShownExport> = try await place.withServer {
                try await $0.answer(.get, "/api/v1/exports/\(serial)")
            }
            try form.say(answer, answer.value.lines)
        }
    }
}

/// An export as the API gives it.
struct ShownExport: Decodable, Sendable {
    struct Leg: Decodable, Sendable {
        let store: Int
        let side: String
        let role: String?
        let account: String?
        let amount: String
        let text: String
    }

    struct Note: Decodable, Sendable {
        let at: Date
        let text: String
        let by: String
        let intuitTid: String?
    }

    let export: QueuePage.Export
    let legs: [Leg]
    let history: [Note]
    let requestIds: [String]

    private enum CodingKeys: String, CodingKey {
        case export, history, requestIds
        case legs = "lines"
    }

    var lines: [String] {
        let legs = legs.map { leg in
            "  \(leg.side)  \(leg.amount)  store \(leg.store)  \(leg.role ?? leg.account ?? "")  \(leg.text)"
        }
        let notes = history.map { note in
            "  \(note.at.ISO8601Format())  \(note.by)  \(note.text)"
                + (note.intuitTid.map { "  (Intuit's trace id \($0))" } ?? "")
        }
        let requests = requestIds.isEmpty ? ["  Nothing has been sent yet."] : requestIds.map { "  \($0)" }
        return [export.line, "Entry:"] + legs + ["History:"] + notes + ["Request ids:"] + requests
    }
}
