// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation

/// `intuit-sandbox status`.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Print people, keys, companies, connections, counters and settings of a running sandbox, as JSON.")
    @OptionGroup var address: SandboxAddress

    func run() async throws {
        let data = try await ControlClient(base: address.url).get("/_sandbox/status")
        let object = try JSONSerialization.jsonObject(with: data)
        let pretty = try JSONSerialization.data(
            withJSONObject: object, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        print(String(decoding: pretty, as: UTF8.self))
    }
}
