// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Pictures for the docs, taken only when asked for.
extension Browser {
    /// The folder named by DAYBOOK_SCREENSHOTS, below the repository unless it is absolute; nil: no pictures.
    static let album: URL? = {
        guard let named = ProcessInfo.processInfo.environment["DAYBOOK_SCREENSHOTS"], !named.isEmpty else { return nil }
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return URL(filePath: named, relativeTo: root)
    }()

    /// Takes a picture of the page from its top, at most so high.
    func picture(_ name: String, _ width: Width = .desk, highest: Double = 1100) async throws {
        guard let album = Self.album else { return }
        try await show(width)
        let height = try await now("return document.documentElement.scrollHeight;").number ?? highest
        try await show(width, height: Int(min(max(height, 300), highest)))
        guard let text = try await get("screenshot").text, let bytes = Data(base64Encoded: text) else {
            throw WebDriverRefusal(error: "no screenshot", message: name)
        }
        try FileManager.default.createDirectory(at: album, withIntermediateDirectories: true)
        try bytes.write(to: album.appending(path: "\(name).png"))
        try await show(.desk)
    }
}
