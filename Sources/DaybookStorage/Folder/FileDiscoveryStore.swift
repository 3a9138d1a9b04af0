// SPDX-License-Identifier: Apache-2.0
package import Daybook
import Dispatch
import Foundation

/// The last good discovery documents as one JSON file that only its owner can read.
///
/// It is replaced as a whole: a power cut leaves the one before or the new one.
package final class FileDiscoveryStore: DiscoveryStore {
    private let queue = DispatchQueue(label: "daybook.discovery", qos: .utility)
    private let path: String

    package init(path: String) { self.path = path }

    package func document(of environment: Environment.Name) async throws -> KeptDiscovery? {
        try await onQueue { [path] in try Self.read(path)[environment.text] }
    }

    package func keep(_ document: KeptDiscovery, of environment: Environment.Name) async throws {
        try await onQueue { [path] in
            var all: [String: KeptDiscovery]
            do {
                all = try Self.read(path)
            } catch is DiscoveryUnreadable {
                // The damage was reported when the file was read; each environment stores its document again.
                all = [:]
            }
            guard all[environment.text] != document else { return }
            all[environment.text] = document
            try Self.write(all, path)
        }
    }

    private static func read(_ path: String) throws -> [String: KeptDiscovery] {
        guard FileManager.default.fileExists(atPath: path) else { return [:] }
        let bytes = try OpenFile(path, .read).readAll()
        do {
            return try JSONDecoder().decode([String: KeptDiscovery].self, from: Data(bytes))
        } catch {
            throw DiscoveryUnreadable(path: path)
        }
    }

    private static func write(_ all: [String: KeptDiscovery], _ path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let draft = path + ".new"
        try OpenFile.removeIfThere(draft)
        let file = try OpenFile(draft, .create(mode: 0o600))
        try file.write(Array(try encoder.encode(all)), at: 0)
        try file.sync()
        try OpenFile.rename(draft, to: path)
        try OpenFile.syncFolder(of: path)
    }

    private func onQueue<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try body() }) }
        }
    }
}
