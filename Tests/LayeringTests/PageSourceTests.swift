// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// What docs/security.md says of the pages' templates and of their script.
@Suite("The sources of the pages")
struct PageSourceTests {
    private let tree = SourceTree()

    private func templates() throws -> [(path: String, text: String)] {
        let found = try tree.paths(in: "Sources/DaybookWeb/Templates", suffix: ".mustache")
            .map { (path: $0, text: try tree.text(of: $0)) }
        #expect(found.count > 20, "the test looks in the wrong place")
        return found
    }

    @Test("every value is escaped: no template switches that off")
    func escaped() throws {
        for (path, text) in try templates() {
            #expect(!text.contains("{{{") && text.firstMatch(of: /\{\{\s*&/) == nil, "\(path)")
        }
    }

    @Test("the only script writes texts, runs no text as code, keeps nothing and takes no messages")
    func script() throws {
        let path = "Sources/DaybookWeb/Assets/daybook.js"
        #expect(try tree.paths(in: "Sources/DaybookWeb", suffix: "js") == [path])
        let script = try tree.text(of: path)
        #expect(script.contains(".textContent = "))
        let words = [
            "innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "Function(", "import(", "import ",
            "postMessage", "\"message\"", "onmessage", "localStorage", "sessionStorage", "indexedDB", "caches",
            "document.cookie", "__proto__", "Object.assign",
        ]
        for word in words where script.contains(word) { Issue.record("\(path) has \(word)") }
    }

    @Test("no page and no style sheet takes anything from elsewhere, or a plug-in")
    func elsewhere() throws {
        for (path, text) in try templates() {
            for match in text.matches(of: /<(script|link|img|iframe|object|embed|applet|form|base|frame)\b[^>]*>/) {
                let isOurs = match.0.firstMatch(of: /(src|href|action|data)="(https?:|\/\/|javascript:|data:)/) == nil
                #expect(isOurs, "\(path): \(match.0)")
                #expect(["script", "link", "img", "form"].contains(match.1), "\(path): \(match.0)")
            }
        }
        for path in try tree.paths(in: "Sources/DaybookWeb/Assets", suffix: ".css") {
            let text = try tree.text(of: path)
            #expect(!text.contains("@import") && text.firstMatch(of: /url\(["']?(https?:|\/\/)/) == nil, "\(path)")
        }
    }

    @Test("a password is masked and not cut; password managers and pasting are welcome")
    func passwordFields() throws {
        var fields = 0
        for (path, text) in try templates() {
            #expect(!text.contains("onpaste"), "\(path)")
            for match in text.matches(of: /<input\b[^>]*name="(password|repeated|present)"[^>]*>/) {
                fields += 1
                #expect(match.0.contains("type=\"password\""), "\(path): \(match.0)")
                #expect(!match.0.contains("maxlength"), "a browser would cut it without a word; \(path): \(match.0)")
                #expect(match.0.firstMatch(of: /autocomplete="(current|new)-password"/) != nil, "\(path): \(match.0)")
            }
        }
        #expect(fields == 7)
    }

    @Test("every page has the button Sign out for who has signed in")
    func signOut() throws {
        let templates = try templates()
        let layout = try #require(templates.first { $0.path.hasSuffix("/layout.mustache") }).text
        let person = try #require(layout.components(separatedBy: "{{#frame.person}}").last)
            .components(separatedBy: "{{/frame.person}}")[0]
        #expect(person.contains("action=\"/sign-out\"") && person.contains("<button>Sign out</button>"))
        // What has a heading is a page; the others are parts of one.
        for (path, text) in templates where text.contains("<h1") {
            #expect(text.hasPrefix("{{<layout}}"), "\(path)")
        }
    }
}
