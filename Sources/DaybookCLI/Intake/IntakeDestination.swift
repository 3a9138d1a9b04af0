// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookWeb
import Foundation
import Logging

/// Where an import goes: the data folder itself, or the server that has it open.
protocol IntakeDestination: Sendable {
    /// Which Daybook it goes into, in words for the person who typed the command.
    var name: String { get }

    /// How many bytes it takes at once; nil where there is no limit.
    var limit: Int? { get }

    /// Takes the source's transactions, or with `dryRun` only says what would be taken.
    ///
    /// - Parameters:
    ///   - confirmed: What is taken although it is otherwise refused.
    ///   - files: The files that the source reads.
    func take(
        _ source: any IntakeSource, policy: RecordPolicy, dryRun: Bool, confirmed: IntakeConfirmation,
        files: [IncomingFile]
    ) async throws -> IntakeReport
    /// The profiles that are kept there.
    func profiles() async throws -> [IntakeProfile]
    func close() async throws
}

extension IntakeDestination {
    /// - Throws: ``CommandFailure`` when it takes fewer bytes at once.
    func checkRoom(for bytes: Int) throws {
        guard let limit, bytes > limit else { return }
        throw CommandFailure(
            """
            The files have \(Self.mebibytes(bytes)) MiB, and a running server takes \(limit >> 20) MiB at once; nothing \
            was taken. Split the file, or stop the server and import straight into the data folder.
            """)
    }

    /// Rounded up to a tenth, so that a size above the limit is never shown as the limit.
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

    func take(
        _ source: any IntakeSource, policy: RecordPolicy, dryRun: Bool, confirmed: IntakeConfirmation,
        files: [IncomingFile]
    ) async throws -> IntakeReport {
        try await assembly.desk.intake.take(
            source, policy: policy, dryRun: dryRun, confirmed: confirmed, files: files, by: .command("import"))
    }

    func profiles() async throws -> [IntakeProfile] { try await assembly.desk.intake.profiles() }

    func close() async throws { try await assembly.close() }
}
