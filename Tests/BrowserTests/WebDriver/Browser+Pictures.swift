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

    /// Of the page, or of a window that lies over it.
    private static let height = """
        const over = [...document.body.querySelectorAll("*")].filter((one) => getComputedStyle(one).position === "fixed");
        return Math.max(...[document.documentElement, ...over].map((one) => one.scrollHeight));
        """

    /// Takes a picture of the page: all of it if it is short, else from where it is scrolled to.
    func picture(_ name: String, _ width: Width = .desk) async throws {
        guard let album = Self.album else { return }
        // A low window first, or a short page would be as high as the window.
        try await show(width, height: 300)
        let height = try await now(Self.height).number ?? 1000
        try await show(width, height: Int(min(max(height, 300), 1300)))
        guard let text = try await get("screenshot").text, let bytes = Data(base64Encoded: text) else {
            throw WebDriverRefusal(error: "no screenshot", message: name)
        }
        try FileManager.default.createDirectory(at: album, withIntermediateDirectories: true)
        try bytes.write(to: album.appending(path: "\(name).png"))
        try await show(.desk)
    }
}
