// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import HTTPTypes

/// Which exports a command changes, and how it answers.
struct ChangeOptions: ParsableArguments {
    @Argument(help: "The exports' numbers, as `daybook exports` lists them.")
    var serials: [Int64] = []

    @Option(help: "All exports in this state, such as error, on-hold or excluded, instead of numbers.")
    var state: String?

    @OptionGroup var form: AnswerForm

    @OptionGroup var place: PlaceOptions

    func validate() throws {
        if state != nil, !serials.isEmpty {
            throw ValidationError("Name exports by their numbers or by --state, not by both.")
        }
    }

    /// - Parameters:
    ///   - otherwise: The state whose exports are meant where none are named; nil where that is a mistake.
    ///   - done: What was done to one, at the end of a sentence.
    func change(_ verb: String, otherwise: String? = nil, done: String) async throws {
        let all = state ?? otherwise
        guard !serials.isEmpty || all != nil else {
            throw ValidationError("Name the exports by their numbers, or by --state: daybook exports \(verb) 12 13")
        }
        let path = "/api/v1/exports/\(verb)"
        let answer: ServerAnswer<QueueChanges> = try await place.withServer { server in
            serials.isEmpty
                ? try await server.answer(.post, path, ["state": all])
                : try await server.answer(.post, path, ["serials": serials])
        }
        try form.say(answer, answer.value.lines(done))
        // Where a state was named, an export that has left it meanwhile is no failure.
        if !serials.isEmpty, !answer.value.isWhole { throw ExitCode.failure }
    }
}

extension ExportsCommand {
    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reset for export: send again what is in Error; without numbers, all exports in Error.",
            discussion: """
                What was sent without an answer is looked up first, so nothing is booked twice. Exits with 1 when an export \
                that was named could not be changed.
                """)

        @OptionGroup var options: ChangeOptions

        func run() async throws { try await options.change("reset", otherwise: "error", done: "reset") }
    }

    struct Hold: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hold exports back until they are released.",
            discussion: "Exits with 1 when an export that was named could not be changed.")

        @OptionGroup var options: ChangeOptions

        func run() async throws { try await options.change("hold", done: "put on hold") }
    }

    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let exports that were held back go on.",
            discussion: "Exits with 1 when an export that was named could not be changed.")

        @OptionGroup var options: ChangeOptions

        func run() async throws { try await options.change("release", done: "released") }
    }

    struct Exclude: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Decide that exports do not go to QuickBooks; `include` takes that back.",
            discussion: "Exits with 1 when an export that was named could not be changed.")

        @OptionGroup var options: ChangeOptions

        func run() async throws { try await options.change("exclude", done: "excluded") }
    }

    struct Include: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let excluded exports go to QuickBooks again.",
            discussion: "Exits with 1 when an export that was named could not be changed.")

        @OptionGroup var options: ChangeOptions

        func run() async throws { try await options.change("include", done: "included again") }
    }
}

/// What became of exports that were to be changed, as the API says it.
struct QueueChanges: Decodable, Sendable {
    struct Changed: Decodable, Sendable {
        let serial: Int64
    }

    struct Refused: Decodable, Sendable {
        let serial: Int64
        let reason: String
    }

    let changed: [Changed]
    let refused: [Refused]
    let notThere: [Int64]

    var isWhole: Bool { refused.isEmpty && notThere.isEmpty }

    func lines(_ done: String) -> [String] {
        ["\(changed.count) \(changed.count == 1 ? "export" : "exports") \(done)."]
            + refused.map { "Export \($0.serial): \($0.reason)" } + notThere.map { "There is no export \($0)." }
    }
}
