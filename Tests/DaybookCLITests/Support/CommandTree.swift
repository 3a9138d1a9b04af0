// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A command and those below it, as `--experimental-dump-help` tells of them.
struct CommandTree: Decodable {
    struct Argument: Decodable {
        struct Name: Decodable {
            let name: String
        }

        let names: [Name]?
        let shouldDisplay: Bool
    }

    let commandName: String
    let arguments: [Argument]?
    let subcommands: [CommandTree]?

    static func daybook() async throws -> Self {
        struct Dump: Decodable {
            let command: CommandTree
        }
        let dumped = try await FinishedCommand.daybook(["--experimental-dump-help"])
        return try JSONDecoder().decode(Dump.self, from: Data(dumped.output.utf8)).command
    }

    /// It and what is below it, by the words that are typed.
    func all(_ parents: [String] = []) -> [(path: String, arguments: [Argument])] {
        let path = parents + [commandName]
        return [(path.joined(separator: " "), arguments ?? [])] + (subcommands ?? []).flatMap { $0.all(path) }
    }

    /// Those that do something themselves.
    func leaves(_ parents: [String] = []) -> [(path: String, arguments: [Argument])] {
        let path = parents + [commandName]
        guard let subcommands, !subcommands.isEmpty else { return [(path.joined(separator: " "), arguments ?? [])] }
        return subcommands.filter { parents.isEmpty || $0.commandName != "help" }.flatMap { $0.leaves(path) }
    }
}
