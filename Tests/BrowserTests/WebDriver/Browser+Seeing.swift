// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Finding things as a person does: look until it is there.
extension Browser {
    /// A thing on the page.
    struct Element: Sendable {
        /// WebDriver's reference to it.
        let reference: String

        /// The member that names an element in JSON, fixed by the standard.
        static let member = "element-6066-11e4-a52e-4f735466cecf"

        var value: WireValue { .object([Self.member: .text(reference)]) }
    }

    /// Long enough for a slow machine under load; a test that passes never waits so long.
    static let patience = Duration.seconds(120)

    /// The thing that carries these words; exactly these, or, if there is none, one that begins with or holds them.
    ///
    /// - Parameter place: The heading of the part of the page to look in; nil for all of it.
    func find(_ kind: Eyes.Kind, _ words: String, in place: String? = nil) async throws -> Element {
        let found = try await until(
            "\(kind.rawValue) “\(words)”\(place.map { " under “\($0)”" } ?? "")", "find(...args)",
            [.text(kind.rawValue), .text(words), place.map { .text($0) } ?? .null])
        guard let reference = found[Element.member]?.text else { throw NotSeen(what: words, page: "no element") }
        return Element(reference: reference)
    }

    /// The entry of a list that says this.
    func option(_ words: String, of list: Element) async throws -> Element {
        let found = try await until("the entry “\(words)”", "option(...args)", [list.value, .text(words)])
        guard let reference = found[Element.member]?.text else { throw NotSeen(what: words, page: "no element") }
        return Element(reference: reference)
    }

    /// The value of the field with this label, or the text beside these words.
    func read(_ words: String) async throws -> String {
        try await until("what “\(words)” says", "reads(...args)", [.text(words)]).text ?? ""
    }

    /// Which entry of the list with this label is chosen.
    func chosen(from label: String) async throws -> String {
        try await until("a list “\(label)”", "chosen(...args)", [.text(label)]).text ?? ""
    }

    /// Waits until these words are to be read.
    func waitFor(_ words: String) async throws {
        _ = try await until("the words “\(words)”", "sees(...args)", [.text(words)])
    }

    /// Waits until one of two texts is to be read, and answers which.
    func waitFor(either words: String, or others: String) async throws -> String {
        let seen = try await until(
            "the words “\(words)” or “\(others)”", "args.find((words) => sees(words)) ?? null",
            [.text(words), .text(others)])
        return seen.text ?? ""
    }

    /// Whether these words are to be read now.
    func sees(_ words: String) async throws -> Bool {
        try await now("return sees(...arguments);", [.text(words)]).isTrue
    }

    /// Runs a script in the page.
    func now(_ script: String, _ arguments: [WireValue] = []) async throws -> WireValue {
        try await post("execute/sync", ["script": .text(Eyes.script + script), "args": .list(arguments)])
    }

    /// Looks until the expression is something; the page itself waits between two looks.
    private func until(_ what: String, _ expression: String, _ arguments: [WireValue]) async throws -> WireValue {
        let script = """
            \(Eyes.script)
            const args = [...arguments], done = args.pop();
            soon(() => \(expression), done);
            """
        let end = ContinuousClock.now + Self.patience
        while ContinuousClock.now < end {
            do {
                let found = try await post("execute/async", ["script": .text(script), "args": .list(arguments)])
                if found != .null { return found }
            } catch let refusal as WebDriverRefusal where refusal.isPassing {
                continue  // the page is being left; the next look finds the new one
            }
        }
        throw NotSeen(what: what, page: try await description())
    }

    /// The page in words, for the message of a failed test.
    private func description() async throws -> String {
        let script = """
            return [document.title, location.pathname, ...["pressable", "field", "box", "choice"].map((kind) =>
              kind + ": " + seen(kind).map((thing) => thing.names.join("/")).join(" | ")),
              clean(document.body.innerText).slice(0, 1500)].join("\\n  ");
            """
        return try await now(script).text ?? ""
    }

    struct NotSeen: Error, CustomStringConvertible {
        let what: String
        let page: String

        var description: String { "looked in vain for \(what) on\n  \(page)" }
    }
}
