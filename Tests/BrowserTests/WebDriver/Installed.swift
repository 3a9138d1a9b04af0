// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Where the browser and the programs under test are.
enum Installed {
    static let chromedriver = inPath("chromedriver")
    static let chromium = inPath("chromium")

    static var hasBrowser: Bool { chromedriver != nil && chromium != nil }

    /// Under CI a skip would hide that nothing was proved, so there the tests run and fail.
    static var mayRun: Bool { hasBrowser || ProcessInfo.processInfo.environment["CI"] == "true" }

    static let reasonForSkipping: String =
        "NOT PROVED here: that the article can be walked in a browser (run `scripts/setup test`, which installs "
        + "chromium and chromium-driver)"

    /// A program of ours, as built: it lies beside the test bundle, whatever the configuration.
    static func product(_ name: String) throws -> URL {
        let folders = [Bundle.main.bundleURL, Bundle.main.executableURL?.deletingLastPathComponent()].compactMap(\.self)
        let places = folders.map { $0.appending(path: name) }
        guard let found = places.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
            throw Missing(name: name, places: places.map(\.path))
        }
        return found
    }

    private static func inPath(_ name: String) -> URL? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { URL(filePath: String($0)).appending(path: name) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    struct Missing: Error, CustomStringConvertible {
        let name: String
        let places: [String]

        var description: String { "\(name) is missing; looked in \(places.joined(separator: ", "))" }
    }
}
