// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation

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
        @Argument(help: "How far: a whole number with s, m, h, d or w, such as 90s or 101d.")
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

/// A length of time such as `101d`.
struct ClockStep: ExpressibleByArgument {
    var seconds: Int

    init?(argument: String) {
        let units = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
        let unit = argument.last.map(String.init).flatMap { units[$0] }
        guard let count = Int(unit == nil ? argument[...] : argument.dropLast()), (0...1_000_000_000).contains(count)
        else { return nil }
        seconds = count * (unit ?? 1)
    }
}
