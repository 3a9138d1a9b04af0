// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
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
    static func find(_ options: PlaceOptions, startsEmpty: Bool) async throws -> any IntakeDestination {
        switch try await options.find(logLevel: .warning, startsEmpty: startsEmpty) {
        case .folder(let assembly): DeskIntake(assembly: assembly)
        case .server(let server): APIIntake(server: server)
