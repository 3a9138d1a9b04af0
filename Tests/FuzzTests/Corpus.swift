// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The inputs that are kept for each target: samples, and what once broke a promise.
enum Corpus {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")

    static func inputs(of target: FuzzTarget) throws -> [(name: String, bytes: [UInt8])] {
        let place = folder.appending(path: target.name)
        return try FileManager.default.contentsOfDirectory(atPath: place.path).sorted().map {
            ($0, [UInt8](try Data(contentsOf: place.appending(path: $0))))
        }
    }

    /// The names of the folders in it.
    static func folders() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }
}
