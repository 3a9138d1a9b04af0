// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import UnixSignals

/// `daybook demo`: everything from the counter to the books on this machine, without the internet.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Post a week of trade to a sandbox of QuickBooks Online on this machine, and compare the books.",
        discussion: """
            Starts intuit-sandbox and Daybook on free ports, connects them through the consent page, imports a \
            generated week, drains the queue, compares the books, prints a table, and keeps serving until Ctrl-C.
            It makes a sample administrator in a data folder of its own, and prints how to sign in; both are removed when it \
            ends.
            With --article it shows instead how a dead connection is brought back: nothing is connected, transactions \
            wait, some are in Error; it prints what to do, by the button or by hand, and keeps serving.
            An installed Daybook has no such command.
            Example: daybook demo --once --json --mishaps
            """)

    @Flag(help: "Show a connection that expired unused, and the steps that bring it back, to try by hand.")
    var article = false

    @Flag(help: "Exit after the comparison; 0 only if all is posted exactly once, to the cent.")
    var once = false

    @Flag(help: "Print one line of JSON instead of the table.")
    var json = false

    @Flag(help: "Let things go wrong at random: lost, late and cut answers, 500s, 429s, 503s, latency.")
    var mishaps = false

    @Option(help: "With --mishaps, what QuickBooks does with a repeated requestid: honoured, ignored or answers6000.")
    var requestIds: RequestIDs = .ignored

    @Option(
        help: "production or development: the keys to connect with; --article takes production, as the article says.")
    var keys: DemoKeys?

    @Option(help: "Any whole number; another one makes another week and other mishaps.")
    var seed: UInt64 = 1

    @Option(help: "How many days of trade.")
    var days: Int = 7

    @Flag(help: "Switch off Intuit's request limits, in Daybook and in the sandbox.")
    var noThrottles = false

    @Option(help: "Where Daybook listens, such as 127.0.0.1:8710; port 0 takes a free one.")
    var listen = "127.0.0.1:0"

    @Option(help: "Where the sandbox listens, such as 127.0.0.1:8711; port 0 takes a free one.")
    var sandboxListen = "127.0.0.1:0"

    @Option(help: "Only print the sample administrator's present code, for the running demo with this data folder.")
    var code: String?

    enum RequestIDs: String, ExpressibleByArgument, CaseIterable {
        case honoured, ignored, answers6000
    }

    func validate() throws {
        guard (1...366).contains(days) else { throw ValidationError("--days takes 1 to 366, for example 7.") }
        guard !article || !mishaps else {
            throw ValidationError("--article and --mishaps are two demos; leave one of them out.")
        }
        _ = try plan()
    }

    private func plan() throws -> DemoPlan {
        DemoPlan(
            seed: seed, days: days, mishaps: mishaps ? requestIds.rawValue : nil, isThrottled: !noThrottles,
            keys: keys ?? (article ? .production : .development), isQuiet: json,
            listen: try Self.loopback(listen, "--listen"),
            sandboxListen: try Self.loopback(sandboxListen, "--sandbox-listen"))
    }

    private static func loopback(_ text: String, _ option: String) throws -> ListenAddress {
        guard let address = ListenAddress(text), address.isLoopback else {
            throw ValidationError("\(option) “\(text)”: write an address of this machine, such as 127.0.0.1:8710.")
        }
        return address
    }

    func run() async throws {
        if let code {
            let now = try await plainly { try await SampleAdministrator.kept(in: code).code() }
            print(now)
        } else if article {
            try await showArticle()
        } else {
            try await showTrade()
        }
    }

    private func showTrade() async throws {
        let demo = Demo(plan: try plan())
        let result = try await closing(demo.programs) { try await demo.run() }
        try await serve(demo.programs, json ? try result.json() : result.table)
        if !result.isPerfect { throw ExitCode(1) }
    }

    private func showArticle() async throws {
        let demo = ArticleDemo(plan: try plan())
        let situation = try await closing(demo.programs) { try await demo.prepare() }
        try await serve(demo.programs, json ? try situation.json() : ArticleGuide(situation: situation).text)
    }

    /// Shows the result, and serves until Ctrl-C.
    private func serve(_ programs: DemoPrograms, _ text: String) async throws {
        // Set before anything is printed: a reader may stop the demo at the first word, and it still cleans up.
        let stops = once ? nil : await UnixSignalsSequence(trapping: .sigint, .sigterm)
        print(text)
        fflush(nil)
        if let stops {
            if !json { print("\nDaybook is at \(programs.address)   (Ctrl-C stops it)") }
            if !json, !article { print(try await programs.signIn.text) }
            fflush(nil)
            for await _ in stops { break }
        }
        try await programs.close()
    }

    /// Stops the two servers also when the body fails.
    private func closing<Value>(_ programs: DemoPrograms, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await plainly(body)
        } catch {
            try await programs.close()
            throw error
        }
    }
}
