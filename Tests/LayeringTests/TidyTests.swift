// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite("The habits of the house")
struct TidyTests {
    let tree = SourceTree()

    @Test("no line of Sources or Tests breaks a rule")
    func rules() throws {
        let files = try SourceTree.sources.get() + SourceTree.tests.get()
        Violation.report(files.flatMap { file in TidyRule.all.flatMap { $0.violations(in: file) } })
    }

    @Test("no type is called by a vague word")
    func names() throws {
        Violation.report(try SourceTree.sources.get().flatMap(TidyRule.vagueNames))
    }

    @Test("every file names its licence")
    func licences() throws {
        let files = try SourceTree.sources.get() + SourceTree.tests.get()
        Violation.report(files.flatMap(TidyRule.missingLicence))
    }

    @Test("the samples of docs/libraries.md are compiled: each is in a test target's DocumentSamples.swift")
    func documentSamples() throws {
        let compiled = try SourceTree.tests.get().filter { $0.path.hasSuffix("/DocumentSamples.swift") }
            .map { $0.lines.joined(separator: "\n") }
        let samples = DocumentSample.functions(in: try tree.text(of: "docs/libraries.md"))
        #expect(samples.count == 5)
        for sample in samples { #expect(compiled.contains { $0.contains(sample) }, "\(sample)") }
    }

    @Test("every template is used by a page or by another template")
    func templates() throws {
        let templates = try tree.paths(in: "Sources/DaybookWeb/Templates", suffix: ".mustache")
        let swift = try SourceTree.sources.get().filter { $0.target == "DaybookWeb" }
            .map { $0.lines.joined(separator: "\n") }
        let others = try templates.map { path in (path, try tree.text(of: path)) }
        for path in templates {
            let name = Template.name(of: path)
            let used =
                swift.contains { Template.isNamed(name, inSwift: $0) }
                || others.contains { $0.0 != path && Template.isNamed(name, inMustache: $0.1) }
            if !used { Violation.report([Violation(path, line: 1, "no page uses this template: use it or delete it")]) }
        }
    }
}

/// How a template is named where it is used.
enum Template {
    static func name(of path: String) -> String {
        String((path.split(separator: "/").last ?? "").dropLast(".mustache".count))
    }

    /// `"queue"` or the symbol that `.embedInCode` makes of the file's name.
    static func isNamed(_ name: String, inSwift text: String) -> Bool {
        let symbol = String(name.map { $0.isLetter || $0.isNumber ? $0 : "_" })
        return text.contains("\"\(name)\"") || text.contains("PackageResources.\(symbol)_mustache")
    }

    /// `{{> queue}}` or `{{< layout}}`.
    static func isNamed(_ name: String, inMustache text: String) -> Bool {
        ["{{>", "{{<", "{{> ", "{{< "].contains { opening in
            ["}}", " }}"].contains { text.contains(opening + name + $0) }
        }
    }
}
