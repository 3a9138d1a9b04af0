// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import Testing

/// The engines that every test of the storage ports runs on: another one is a case more.
enum Engine: CaseIterable, CustomTestStringConvertible, Sendable {
    case sqliteFile
    case sqliteMemory

    var testDescription: String {
        switch self {
        case .sqliteFile: "SQLite in a file"
        case .sqliteMemory: "SQLite in memory"
        }
    }

    /// A storage of its own, gone after `body`.
    func storage(_ body: (any RelationalStorage) async throws -> Void) async throws {
        switch self {
        case .sqliteMemory:
            try await body(try SQLiteStorage(at: .memory, sealer: .forTests))
        case .sqliteFile:
            try await withFolder { folder in
                let storage = try SQLiteStorage(at: .file(folder + "/daybook.db"), sealer: .forTests)
                try await body(storage)
                try storage.close()
            }
        }
    }
}

extension Sealer {
    static let forTests = Sealer(key: Array(0..<32))
}

/// A new folder, removed after `body`.
func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("daybook-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    do {
        try await body(folder)
    } catch {
        try FileManager.default.removeItem(atPath: folder)
        throw error
    }
    try FileManager.default.removeItem(atPath: folder)
}
