// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import DaybookWeb
import HTTPTypes
import Logging

extension KeysCommand {
    /// `daybook keys rotate`: another data key in the place of the present one.
    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Replace the data key, under which secrets are sealed, by a new one, also while `serve` works.",
            discussion: """
                Every sealed value of the data folder is sealed again under a new key; then daybook.key holds that one alone. \
                If it is cut off, nothing is lost: Daybook starts as before, and goes on when it starts or when the command is \
                given again. Backups that were made before need the key of that time: keep a copy of it too, apart from them. The \
                keys of programs stay as they are.
                It asks before it does so. Where standard input is no terminal, it needs --yes.
                Example: daybook keys rotate --yes
                """)

        @OptionGroup var confirmation: Confirmation

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let rotated = try await plainly { try await rotate() }
            try form.say(rotated, rotated.lines)
        }

        private func rotate() async throws -> RotatedDataKeyShape {
            try confirmation.ask(
                "Replace the data key",
                loss: """
                    Backups made until now can be restored only with the present key: keep a copy of it, apart from them.
                    """)
            switch try await place.find(logLevel: .critical) {
            case .server(let server):
                await server.introduce()
                return try await closing(server.close) {
                    let nothing: [String: String] = [:]
                    return try await server.send(.post, "/api/v1/data-key/rotate", nothing)
                }
            case .folder(let assembly):
                return try await closing(assembly.close) {
                    do {
                        return RotatedDataKeyShape(try await assembly.desk.dataKey.rotate(by: LocalPeopleBackend.who))
                    } catch let refused as Desk.Refused {
                        throw CommandFailure(refused.message)
                    }
                }
            }
        }

        private func closing<Value>(
            _ close: () async throws -> Void, _ body: () async throws -> Value
        ) async throws -> Value {
            let value: Value
            do {
                value = try await body()
            } catch {
                try await close()
                throw error
            }
            try await close()
            return value
        }
    }
}

extension RotatedDataKeyShape {
    fileprivate var lines: [String] {
        let begun = wasResumed ? ["A rotation that was begun before is finished."] : []
        let count = values == 1 ? "1 value was" : "\(values) values were"
        let sealed = "The data key is \(key) now; \(count) sealed again."
        let former =
            formerKeyIsIn.map { "\($0) still holds the former key, \(formerKey): take it away." }
            ?? "The former key, \(formerKey), is erased: only backups made before need it. Copy the new daybook.key now."
        let databases =
            formerDatabases.isEmpty
            ? []
            : [
                "Still sealed under a former key, because a restore has set them aside: "
                    + formerDatabases.joined(separator: ", ") + "."
            ]
        return begun + [sealed, former] + databases
    }
}
