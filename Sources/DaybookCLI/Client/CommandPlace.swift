// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Logging

/// Where a command does its work: in a data folder, or through a server.
enum CommandPlace {
    /// In the folder itself, under its exclusive lock.
    case folder(Assembly)
    case server(DaybookServer)

    /// The data folder itself when nobody has it open, otherwise the server that serves it.
    ///
    /// The server is also found in a folder that can't be written: its disk may have become read-only meanwhile.
    ///
    /// - Throws: ``CommandFailure`` when another process has the folder and no server of it answers.
    static func find(
        _ settings: DaybookConfiguration, logLevel: Logger.Level, startsEmpty: Bool = false
    ) async throws -> CommandPlace {
        do {
            let assembly = try await Assembly(
                settings, logger: .daybook(logLevel, settings.logFormat), startsEmpty: startsEmpty)
            return .folder(assembly)
        } catch let inUse as FolderInUse {
            return .server(try await FolderServer(settings.dataFolder).find(heldBy: inUse))
        } catch let error where error is FolderRefused || error is FileTrouble {
            guard let server = try await FolderServer(settings.dataFolder).announced() else { throw error }
            return .server(server)
        }
    }

    fileprivate func close() async throws {
        switch self {
        case .folder(let assembly): try await assembly.close()
        case .server(let server): try await server.close()
        }
    }
}

extension PlaceOptions {
    /// Runs a part of a command on the server or on the data folder, and closes it, also when the part fails.
    ///
    /// - Throws: ``CommandFailure`` with what a desk refuses, and with all problems of what was to be saved.
    func withPlace<Value>(_ body: (CommandPlace) async throws -> Value) async throws -> Value {
        try await plainly {
            let place = try await find(logLevel: .critical)
            if case .server(let server) = place { await server.introduce() }
            let outcome: Result<Value, any Error>
            do {
                outcome = .success(try await body(place))
            } catch let refused as Desk.Refused {
                outcome = .failure(CommandFailure(refused.message))
            } catch let problems as IntakeProblems {
                let lines = ["Nothing was saved. Correct what is listed:"] + problems.list.map(\.message)
                outcome = .failure(CommandFailure(lines.joined(separator: "\n  ")))
            } catch {
                outcome = .failure(error)
            }
            try await place.close()
            return try outcome.get()
        }
    }
}

extension DaybookServer {
    /// Says on standard error what a person should know before anything happens there.
    ///
    /// That is which server it is, where the person named it, and trouble with its storage.
    func introduce() async {
        if case .named = origin { HiddenInput.say("Through \(name).\n") }
        if let trouble = await storageTrouble() { HiddenInput.say(trouble + "\n") }
    }
}
