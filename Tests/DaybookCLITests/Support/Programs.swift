// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The programs under test, as built: they lie beside the test bundle, whatever the configuration.
enum Programs {
    static func url(_ name: String) throws -> URL {
        let folders = [Bundle.main.bundleURL, Bundle.main.executableURL?.deletingLastPathComponent()].compactMap(\.self)
        let places = folders.map { $0.appending(path: name) }
        guard let found = places.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
            throw NotBuilt(name: name, places: places.map(\.path))
        }
        return found
    }

    /// This process's variables without any setting of Daybook's, and then those given.
    static func environment(_ given: [String: String]) -> [String: String] {
        ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("DAYBOOK_") }.merging(given) { $1 }
    }

    struct NotBuilt: Error, CustomStringConvertible {
        let name: String
        let places: [String]

        var description: String { "\(name) was not built; looked in \(places.joined(separator: ", "))" }
    }
}
