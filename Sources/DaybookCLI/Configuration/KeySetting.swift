// SPDX-License-Identifier: Apache-2.0
import DaybookNotifiers
import DaybookStorage
import Foundation

/// Where the data key comes from.
enum KeySetting: Sendable, Equatable {
    /// `daybook.key` in the data folder.
    case folder
    case file(String)
    /// A file that systemd gave.
    case credential(String)
    /// What a command prints; the program's whole path first.
    case command([String])

    /// The data key's source, as the data folder takes it; nil for the folder's own file.
    ///
    /// - Throws: ``KeyRefused``, ``KeyCommandFailed`` or `FileTrouble`.
    func source() async throws -> KeySource? {
        switch self {
        case .folder: nil
        case .file(let path): .file(KeyFile(path: path, kind: .configured))
        case .credential(let path):
            .given(try KeyFile(path: path, kind: .credential).read(), from: .credential(path))
        case .command(let words): .given(try await KeyCommand(words: words).keys(), from: .command)
        }
    }
}

/// A command that prints the data key; it is run without a shell.
struct KeyCommand {
    let words: [String]
    var patience: Duration = .seconds(30)

    /// - Throws: ``KeyCommandFailed`` or ``KeyRefused``; neither tells what the command printed.
    func keys() async throws -> DataKeys {
        let output = try await output()
        do throws(KeyRefused.Cause) {
            return try KeyText.keys(in: output)
        } catch {
            throw KeyRefused(error, at: .command)
        }
    }

    private func output() async throws -> [UInt8] {
        let program = words.first ?? ""
        guard FileManager.default.isExecutableFile(atPath: program) else { throw failed(.notThere) }
        let end: ChildCommand.End
        do {
            end = try await ChildCommand.run(
                URL(fileURLWithPath: program), Array(words.dropFirst()), input: [], patience: patience,
                longestOutput: KeyText.longest + 1)
        } catch is POSIXError {
            throw failed(.notThere)
        }
        switch end.how {
        case .exited(0): break
        case .exited(let status): throw failed(.status(status))
        case .signalled, .unknown: throw failed(.ended)
        case .tookTooLong: throw failed(.tooSlow(patience))
        }
        guard !end.output.allSatisfy({ [0x20, 0x0A, 0x0D, 0x09].contains($0) }) else { throw failed(.silent) }
        return end.output
    }

    private func failed(_ cause: KeyCommandFailed.Cause) -> KeyCommandFailed {
        KeyCommandFailed(program: words.first ?? "", cause: cause)
    }
}

/// The command that should print the data key did not.
struct KeyCommandFailed: Error, Equatable, CustomStringConvertible {
    enum Cause: Equatable {
        case notThere
        case status(Int32)
        case ended
        case tooSlow(Duration)
        case silent
    }

    let program: String
    let cause: Cause

    var description: String {
        "The key command \(program) (DAYBOOK_KEY_COMMAND) \(words), so Daybook has no data key. \(Self.remedy) "
            + "Nothing was changed."
    }

    private var words: String {
        switch cause {
        case .notThere: "is not there, or Daybook's user may not run it"
        case .status(let status): "ended with status \(status)"
        case .ended: "was ended by a signal"
        case .tooSlow(let patience): "took longer than \(patience.components.seconds) s and was ended"
        case .silent: "printed nothing"
        }
    }

    private static let remedy = "Run it as Daybook's user; it has to print what daybook.key holds."
}
