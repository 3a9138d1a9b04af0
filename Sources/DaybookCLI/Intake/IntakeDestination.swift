// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookWeb
import Foundation
import Logging

/// Where an import goes: the data folder itself, or the server that has it open.
protocol IntakeDestination: Sendable {
    /// For the person who typed the command: which Daybook it goes into.
    var name: String { get }

    /// How many bytes it takes at once; nil for any number.
    var limit: Int? { get }

    /// Which of these are there already with other content. Changes nothing.
    func conflicts(among transactions: [Transaction]) async throws -> Set<Transaction.Key>
    func record(_ transactions: [Transaction], policy: RecordPolicy) async throws -> IntakeCounts
    func close() async throws
}

struct IntakeCounts: Sendable {
    let recorded: Int
    let repeated: Int
}

extension IntakeDestination {
    /// - Throws: ``CommandFailure`` when so many bytes are more than it takes.
    func checkRoom(for bytes: Int) throws {
        guard let limit, bytes > limit else { return }
        throw CommandFailure(
            """
            \(Self.mebibytes(bytes)) MiB are more than a Daybook takes through its server, \(limit >> 20) MiB at once; \
            nothing was taken. Split the file, or stop the server and import straight into the data folder.
            """)
    }

    /// Rounded up to a tenth, so that what is too large never looks like the limit.
    private static func mebibytes(_ bytes: Int) -> String {
        let tenths = (bytes * 10 + (1 << 20) - 1) >> 20
        return "\(tenths / 10).\(tenths % 10)"
    }
}

enum IntakeDestinations {
    static func find(_ options: PlaceOptions, startsEmpty: Bool) async throws -> any IntakeDestination {
        switch try await options.find(logLevel: .warning, startsEmpty: startsEmpty) {
        case .folder(let assembly): DeskIntake(assembly: assembly)
        case .server(let server): APIIntake(server: server)
        }
    }
}

/// Straight into the data folder, under its exclusive lock.
struct DeskIntake: IntakeDestination {
    let assembly: Assembly

    var name: String { "the data folder \(assembly.configuration.dataFolder)" }
    var limit: Int? { nil }

    func conflicts(among transactions: [Transaction]) async throws -> Set<Transaction.Key> {
        let report = try await assembly.desk.intake.take(
            Self.file(transactions), policy: .partial, dryRun: true, by: .command("import"))
        return Set(report.conflicts.map(\.key))
    }

    func record(_ transactions: [Transaction], policy: RecordPolicy) async throws -> IntakeCounts {
        let report = try await assembly.desk.intake.take(
            Self.file(transactions), policy: policy, by: .command("import"))
        return IntakeCounts(recorded: report.recorded, repeated: report.repeated)
    }

    func close() async throws { try await assembly.close() }

    private static func file(_ transactions: [Transaction]) -> IntakeFile {
        IntakeFile(NDJSON.bytes(transactions), format: .ndjson)
    }
}

/// Through a running server's API.
struct APIIntake: IntakeDestination {
    let server: DaybookServer

    var name: String { server.name }
    /// All or nothing is one call, and a call has a limit.
    var limit: Int? { APIBody.sizeLimit }

    func conflicts(among transactions: [Transaction]) async throws -> Set<Transaction.Key> {
        let report = try await server.post(transactions, query: "?dryRun=true&partial=true")
        return report.conflicts(among: transactions)
    }

    func record(_ transactions: [Transaction], policy: RecordPolicy) async throws -> IntakeCounts {
        let report = try await server.post(transactions, query: policy == .partial ? "?partial=true" : "")
        return IntakeCounts(recorded: report.recorded, repeated: report.repeated)
    }

    func close() async throws { try await server.close() }
}

enum NDJSON {
    static func bytes(_ transactions: [Transaction]) -> [UInt8] {
        Array(transactions.map { $0.canonicalText() + "\n" }.joined().utf8)
    }
}
