// SPDX-License-Identifier: Apache-2.0

/// One element of a page, with what a person sees of it.
final class PageElement {
    let name: String
    let attributes: [String: String]
    let parent: PageElement?
    private(set) var text = ""

    init(name: String, attributes: [String: String], parent: PageElement?) {
        self.name = name
        self.attributes = attributes
        self.parent = parent
    }

    /// The text of the element and of all within it, with single spaces.
    var words: String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

    /// The nearest enclosing element of that name.
    func enclosing(_ name: String) -> PageElement? {
        var element = parent
        while let current = element, current.name != name { element = current.parent }
        return element
    }

    fileprivate func append(_ more: String) {
        text += more
        parent?.append(more)
    }
}

/// Reads the sandbox's own pages: well-formed, with quoted attributes.
///
/// It is no browser; it stumbles over what a careful writer of markup wouldn't write.
struct PageReader {
    private static let empty: Set<String> = ["input", "meta", "link", "br", "hr", "img"]

    private(set) var elements: [PageElement] = []
    /// Tags that were closed although another one was open, or never.
    private(set) var mismatches: [String] = []

    init(_ html: String) {
        var open: [PageElement] = []
        for match in html.matches(of: /<!--.*?-->|<!doctype[^>]*>|<(\/?)([a-z0-9]+)([^>]*)>|([^<]+)/) {
            if let text = match.output.4 {
                open.last?.append(Self.plain(String(text)))
            } else if let name = match.output.2.map(String.init) {
                if match.output.1 == "/" {
                    if open.last?.name == name { open.removeLast() } else { mismatches.append(name) }
                } else {
                    let attributes = Self.attributes(match.output.3.map(String.init) ?? "")
                    let element = PageElement(name: name, attributes: attributes, parent: open.last)
                    elements.append(element)
                    if !Self.empty.contains(name) { open.append(element) }
                }
            }
        }
        mismatches += open.map(\.name)
    }

    func all(_ names: String...) -> [PageElement] { elements.filter { names.contains($0.name) } }

    func element(id: String) -> PageElement? { elements.first { $0.attributes["id"] == id } }

    /// The control that a label names: the one it wraps, or the one it is for.
    func control(labelled label: String) -> PageElement? {
        guard let found = all("label").first(where: { $0.words == label }) else { return nil }
        if let id = found.attributes["for"] { return element(id: id) }
        return elements.first { $0.name == "input" && $0.enclosing("label") === found }
    }

    private static func attributes(_ text: String) -> [String: String] {
        var result: [String: String] = [:]
        for match in text.matches(of: /([a-z-]+)(?:="([^"]*)")?/) {
            result[String(match.output.1)] = plain(match.output.2.map(String.init) ?? "")
        }
        return result
    }

    /// By bytes: a quote that carries a combining accent would not be found by Character.
    private static func plain(_ text: String) -> String {
        let escapes = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        var bytes = Array(text.utf8)
        for (escape, character) in escapes { bytes.replace(Array(escape.utf8), with: Array(character.utf8)) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
