// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The repository's folder, found from this file's own place in it.
enum Repository {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The products lie beside the test bundle, whatever the configuration.
    static func product(_ name: String) throws -> URL {
        let places =
            [Bundle.main.bundleURL, Bundle.main.executableURL?.deletingLastPathComponent()]
            .compactMap { $0?.appending(path: name) }
            + ["debug", "release"].map { root.appending(path: ".build/\($0)/\(name)") }
        guard let found = places.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
            throw MissingProduct(name: name, places: places.map(\.path))
        }
        return found
    }
}

struct MissingProduct: Error, CustomStringConvertible {
    let name: String
    let places: [String]

    var description: String { "\(name) was not built; looked in \(places.joined(separator: ", "))" }
}
