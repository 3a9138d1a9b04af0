// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Daybook
import DaybookStorage
import Foundation
import HTTPTransport
import Logging

/// Where an import goes: the data folder itself, or the server that has it open.
protocol IntakeDestination: Sendable {
    /// For the person who typed the command: which Daybook it goes into.
    var name: String { get }

    /// Which of these are there already with other content. Changes nothing.
    func conflicts(among transactions: [Transaction]) async throws -> Set<Transaction.Key>
    func record(_ transactions: [Transaction], policy: RecordPolicy) async throws -> IntakeCounts
    func close() async throws
}

struct IntakeCounts: Sendable {
    let recorded: Int
    let repeated: Int
}

enum IntakeDestinations {
    /// The data folder when nobody has it open, otherwise the server that does.
    static func find(_ settings: DaybookConfiguration, startsEmpty: Bool) async throws -> any IntakeDestination {
        do {
            var logger = Logger(label: "daybook") { StreamLogHandler.standardError(label: $0) }
            logger.logLevel = .warning
            return DeskIntake(assembly: try await Assembly(settings, logger: logger, startsEmpty: startsEmpty))
        } catch is FolderInUse {
            return APIIntake(server: DaybookServer(settings.listen))
        }
    }
}

/// Straight into the data folder, under its exclusive lock.
struct DeskIntake: IntakeDestination {
    let assembly: Assembly

    var name: String { "the data folder \(assembly.configuration.dataFolder)" }

    func conflicts(among transactions: [Transaction]) async throws -> Set<Transaction.Key> {
        let report = try await assembly.desk.take(Self.file(transactions), policy: .partial, dryRun: true)
        return Set(report.conflicts.map(\.key))
    }

    func record(_ transactions: [Transaction], policy: RecordPolicy) async throws -> IntakeCounts {
        let report = try await assembly.desk.take(Self.file(transactions), policy: policy)
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

    var name: String { "the running Daybook at \(server.address)" }

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
