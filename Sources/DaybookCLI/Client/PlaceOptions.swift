// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import Foundation
import Logging

/// Which Daybook a command acts on: the one of its data folder, or one that is named.
///
/// Its groups are those of ``ConfigurationOptions``, not that group itself: a debug build checks each group once for
/// each check of the group around it, and a command took four times as long.
struct PlaceOptions: ParsableArguments, ConfigurationFlags {
    @Option(
        help: ArgumentHelp(
            """
            Act through the Daybook at this address, such as http://localhost:8710, on the data folder that it serves. \
            Without this option the command acts on its own data folder, through the Daybook that serves it if there is one.
            """, valueName: "url"))
    var server: String?

    @Option(
        help: ArgumentHelp(
            """
            With --server: a file that holds an API key of that Daybook and nothing else. Without this option the key is \
            in the environment variable DAYBOOK_API_KEY, if there is one.
            """, valueName: "file"))
    var apiKeyFile: String?

    @OptionGroup var folder: DataFolderOptions
    @OptionGroup(visibility: .hidden) var settings: ServerOptions

    func validate() throws {
        guard let server else {
            guard apiKeyFile == nil else {
                throw ValidationError(
                    "--api-key-file goes with --server: on its own data folder a command needs no key.")
            }
            return
        }
        guard Self.address(server) != nil else {
            throw ValidationError(
                """
                --server “\(server)”: write scheme, host and port without a path, such as http://localhost:8710; plain \
                http is for this machine alone.
                """)
        }
        guard folder.dataDir == nil else {
            throw ValidationError("--server and --data-dir each name a Daybook; leave one of them out.")
        }
    }

    /// The data folder, the server that serves it, or the one that was named.
    ///
    /// - Parameter startsEmpty: Whether a person allowed an empty database beside files of an earlier one.
    func find(logLevel: Logger.Level, startsEmpty: Bool = false) async throws -> CommandPlace {
        if let named = try named() { return .server(named) }
        return try await CommandPlace.find(try read(), logLevel: logLevel, startsEmpty: startsEmpty)
    }

    /// The server of the data folder, or the one that was named.
    func findServer() async throws -> DaybookServer {
        if let named = try named() { return named }
        return try await FolderServer(try read().dataFolder).find()
    }

    private func named() throws -> DaybookServer? {
        guard let address = server.flatMap(Self.address) else { return nil }
        return DaybookServer(address: address, origin: .named(key: try key()))
    }

    private func key() throws -> Secret? {
        guard let apiKeyFile else {
            return ProcessInfo.processInfo.environment["DAYBOOK_API_KEY"].map { Secret($0) }
        }
        let text: String
        do {
            text = try String(contentsOfFile: apiKeyFile, encoding: .utf8)
        } catch {
            throw CommandFailure("The file of the key, \(apiKeyFile), can't be read: \(error.localizedDescription)")
        }
        let key = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard key.hasPrefix(KeysDesk.mark), !key.contains(where: \.isWhitespace) else {
            throw CommandFailure("\(apiKeyFile) holds no key of Daybook's: one line that begins with \(KeysDesk.mark).")
        }
        return Secret(key)
    }

    private static func address(_ text: String) -> String? {
        let trimmed = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard let url = URL(string: trimmed), let host = url.host(), url.path().isEmpty, url.query() == nil,
            url.user() == nil, url.fragment() == nil
        else { return nil }
        let isSafe = url.scheme == "https" || url.scheme == "http" && Loopback.isLoopback(host: host)
        return isSafe ? trimmed : nil
    }
}
