// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation

/// Whether a command answers in lines for a person or in JSON for a program.
struct AnswerForm: ParsableArguments {
    @Flag(help: "Print JSON, with the API's names.")
    var json = false

    func say(_ answer: some Encodable, _ lines: [String]) throws {
        guard json else { return lines.forEach { print($0) } }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        print(String(decoding: try encoder.encode(answer), as: UTF8.self))
    }
}
