// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation

/// Another process that calls Daybook's API many times at once, each round.
struct CallingProgram {
    private let program: RunningProgram
    private let input: Pipe
    private let calls: Int

    static func start(_ fixture: ProgramsFixture, calls: Int, errors: URL) async throws -> CallingProgram {
        let input = Pipe()
        let program = try await RunningProgram.start(
            "callers", [fixture.server.address, "\(calls)"], errors: errors, input: input)
        guard program.firstLine == "ready" else { throw CommandFailure("The callers said “\(program.firstLine)”.") }
        return CallingProgram(program: program, input: input, calls: calls)
    }

    func begin() throws { try input.fileHandleForWriting.write(contentsOf: Data("go\n".utf8)) }

    /// Returns once all calls are begun.
    func untilBegun() async throws { try await expect("sent") }

    /// Returns once all calls were answered, each with this status.
    func untilAnswered(_ status: Int) async throws { try await expect("answered \(calls) × \(status)") }

    func end() async throws {
        try input.fileHandleForWriting.close()
        _ = await program.ended()
    }

    private func expect(_ words: String) async throws {
        let line = await program.nextLine()
        guard line == words else {
            throw CommandFailure("The callers said “\(line ?? "")” \(try program.errors()), not “\(words)”.")
        }
    }
}
