// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import IntuitSandbox

/// `intuit-sandbox clock`.
struct ClockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock",
        abstract: "Show or turn the clock of a running sandbox.",
        subcommands: [Show.self, Advance.self],
        defaultSubcommand: Show.self)

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the sandbox's time.")
        @OptionGroup var address: SandboxAddress

        func run() async throws {
            print(try Time(await ControlClient(base: address.url).get("/_sandbox/clock")).now)
        }
    }

    struct Advance: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Turn the clock forward.", discussion: "Example: intuit-sandbox clock advance 101d")
        @Argument(
            help:
                "How far: a whole number with s, m, h, d or w, such as 90m, 23h, 101d or 1d12h; without a unit seconds."
        )
        var step: ClockStep
        @OptionGroup var address: SandboxAddress

        func run() async throws {
            let client = ControlClient(base: address.url)
            print(try Time(await client.post("/_sandbox/clock/advance", "{\"seconds\":\(step.seconds)}")).now)
        }
    }

    private struct Time: Decodable {
        var now: String

        init(_ data: Data) throws { self = try JSONDecoder().decode(Time.self, from: data) }
    }
}

/// A length of time such as `101d`, `23h`, `90m` or `1d12h`.
struct ClockStep: ExpressibleByArgument {
    var seconds: Int64

    init?(argument: String) {
        do {
            seconds = try SandboxDuration(argument).duration.components.seconds
        } catch {
            // The parser then explains the argument in the words of its help.
            return nil
        }
    }
}
