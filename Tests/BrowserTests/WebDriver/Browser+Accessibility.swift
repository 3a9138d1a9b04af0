// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What a reader who sees little, or uses no mouse, needs of a page.
extension Browser {
    /// What axe-core finds against the page, at a desk's width and at a phone's; empty when nothing is.
    func violations() async throws -> [String] {
        var found: [String] = []
        for width in [Width.phone, .desk] {
            try await show(width)
            found += try await judged().map { "at \(width.rawValue): \($0)" }
        }
        let page = try await address().prefix { $0 != "?" }
        return found.map { "\(page) \($0)" }
    }

    private func judged() async throws -> [String] {
        let script = """
            const done = arguments[arguments.length - 1];
            \(try Self.axe.get())
            axe.run(document, { resultTypes: ["violations"] }).then((result) => done(result.violations.map((one) =>
              `${one.id}: ${one.help}: ` + one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | "))),
              (error) => done([String(error)]));
            """
        return try await post("execute/async", ["script": .text(script), "args": .list([])]).items.compactMap(\.text)
    }

    /// axe-core's own script, as a package of PyPI brings it; `scripts/setup test` installs it.
    private static let axe = Result {
        let root = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let libraries = root.appending(path: ".build/clients-venv/lib")
        let places = try FileManager.default.contentsOfDirectory(at: libraries, includingPropertiesForKeys: nil)
            .map { $0.appending(path: "site-packages/axe_playwright_python/axe.min.js") }
        guard let file = places.first(where: { FileManager.default.fileExists(atPath: $0.path) }) else {
            throw Installed.Missing(name: "axe-core", places: places.map(\.path))
        }
        return try String(contentsOf: file, encoding: .utf8)
    }

    /// Types where the caret is.
    func key(_ text: String) async throws {
        guard let reference = try await get("element/active")[Element.member]?.text else {
            throw NotSeen(what: "where the caret is", page: try await address())
        }
        try await post("element/\(reference)/value", ["text": .text(text)])
    }

    func pressEnter() async throws { try await key("\u{E007}") }

    /// Presses the Tab key until something of this name has the focus, and shows it.
    func tab(to words: String) async throws {
        for _ in 0..<120 {
            try await key("\u{E004}")
            let name = try await now(Self.focused).text ?? ""
            guard name.hasPrefix(words) else { continue }
            guard try await now(Self.showsFocus).isTrue else {
                throw NotSeen(what: "a ring around “\(words)”", page: try await address())
            }
            return
        }
        throw NotSeen(what: "“\(words)” by the tabulator", page: try await address())
    }

    private static let focused = """
        const one = document.activeElement;
        return clean(labels(one).map(labelWords).join(" ") || one.innerText || one.getAttribute("aria-label"));
        """

    private static let showsFocus = """
        const style = getComputedStyle(document.activeElement);
        return style.outlineStyle !== "none" || style.boxShadow !== "none";
        """
}
