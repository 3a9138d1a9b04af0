// SPDX-License-Identifier: Apache-2.0
import Testing

/// A rule that cannot fail proves nothing: each is shown a line that breaks it and one that only looks like it.
@Suite("The rules themselves")
struct BadSampleTests {
    @Test(
        "a forbidden import is found, however it is written",
        arguments: [
            "import GRDB", "package import GRDB", "@testable import GRDB", "public import struct GRDB.Row",
            "@preconcurrency import GRDB",
        ])
    func forbiddenImport(line: String) {
        let file = SourceFile(path: "Sources/Daybook/Books/Money.swift", text: "import Foundation\n\(line)\n")
        let found = Floors.violations(in: file)
        #expect(
            found.map(\.description) == [
                "Sources/Daybook/Books/Money.swift:2: Daybook may not import GRDB (Floors.mayImport)"
            ])
    }

    @Test(
        "an import in a comment or a string is none",
        arguments: ["// import GRDB", "/* import GRDB */", "\"import GRDB\""])
    func importInProse(line: String) {
        #expect(Floors.violations(in: SourceFile(path: "Sources/Daybook/Money.swift", text: line)).isEmpty)
    }

    @Test("an engine's module outside of its folder is found")
    func engineElsewhere() {
        let text = "import GRDB\n"
        #expect(
            Floors.violations(in: SourceFile(path: "Sources/DaybookStorage/Verbs/Claim.swift", text: text))
                .map(\.description) == [
                    "Sources/DaybookStorage/Verbs/Claim.swift:1: only Sources/DaybookStorage/SQLite/ may import GRDB (Floors.room)"
                ])
        let inside = SourceFile(path: "Sources/DaybookStorage/SQLite/Queue.swift", text: text)
        #expect(Floors.violations(in: inside).isEmpty)
    }

    @Test("a target without a row in the table is refused")
    func unknownTarget() {
        #expect(Floors.violations(in: SourceFile(path: "Sources/Attic/Box.swift", text: "")).count == 1)
    }

    @Test(
        "a line that breaks a rule is found in its place",
        arguments: [
            ("Sources/DaybookWeb/Page.swift", "        print(page)"),
            ("Sources/Daybook/Desk.swift", "let now = Date()"),
            ("Sources/Daybook/Desk.swift", "let now: Date = .init(); let id = UUID()"),
            ("Sources/Daybook/Desk.swift", "let now = Date.now"),
            ("Sources/Daybook/Exports/Exporter.swift", "Task { await step() }"),
            ("Sources/Daybook/Books/Money.swift", "let amount: Double = 1"),
            ("Sources/Daybook/Posting/Rules.swift", "Float(amount)"),
            ("Sources/QuickBooks/Batch.swift", "let batch = try! decode()"),
            ("Sources/QuickBooks/Batch.swift", "let batch = any as! Batch"),
            ("Sources/QuickBooks/Batch.swift", "// TODO: later"),
            ("Tests/DaybookTests/DeskTests.swift", "try await Task.sleep(for: .seconds(1))"),
        ])
    func brokenRule(path: String, line: String) throws {
        let file = SourceFile(path: path, text: "import Foundation\n\n\(line)\n")
        let found = TidyRule.all.flatMap { $0.violations(in: file) }
        let violation = try #require(found.first, "no rule minded `\(line)` in \(path)")
        #expect(found.count == 1)
        #expect(violation.description.hasPrefix("\(path):3: `"))
    }

    @Test(
        "a line that only looks like a breach is left alone",
        arguments: [
            ("Sources/DaybookCLI/Demo.swift", "print(table)"),
            ("Sources/DaybookWeb/Page.swift", "sheet.print(page); fingerprint(page); func print(page: Page) {}"),
            ("Sources/DaybookWeb/Page.swift", "// print(page) would do nothing here"),
            ("Sources/DaybookStorage/Row.swift", "let now = Date()"),
            ("Sources/Daybook/Desk.swift", "let then = Date(timeIntervalSince1970: 0); let name = \"Date()\""),
            ("Sources/Daybook/Books/Money.swift", "func isDoubleEntry() -> Bool { DoubleEntry.holds }"),
            ("Sources/QuickBooks/Batch.swift", "let batch = try decode() as Batch; entry = value as? Entry"),
        ])
    func innocent(path: String, line: String) {
        let file = SourceFile(path: path, text: line)
        #expect(TidyRule.all.flatMap { $0.violations(in: file) }.map(\.description) == [])
    }

    @Test("a vague name and a missing licence are found")
    func namesAndLicence() {
        let file = SourceFile(path: "Sources/Daybook/Desk.swift", text: "package final class TokenManager {}\n")
        #expect(TidyRule.vagueNames(in: file).count == 1)
        #expect(TidyRule.missingLicence(in: file).count == 1)
        let good = SourceFile(
            path: "Sources/Daybook/Desk.swift", text: "// SPDX-License-Identifier: Apache-2.0\nstruct TokenKeeper {}\n")
        #expect(TidyRule.vagueNames(in: good).isEmpty && TidyRule.missingLicence(in: good).isEmpty)
    }

    @Test("code after a string or a comment on the same line still counts")
    func stripping() {
        let text = """
            let a = "x // y"; try! f() // try! g()
            /* one /* two */ still */ try! h()
            let b = \"\"\"
                try! i()
                \"\"\"
            try! j()
            """
        let file = SourceFile(path: "Sources/QuickBooks/Batch.swift", text: text)
        #expect(TidyRule.all.flatMap { $0.violations(in: file) }.map(\.line) == [1, 2, 6])
    }

    @Test("a raw string ends where its hashes say")
    func rawStrings() {
        let text = ##"""
            let a = #"x" // y"#; try! f()
            let b = #""""#; try! g()
            let c = #"\#n" "#; let d = #"""
                try! h()" """
                """#; try! i()
            """##
        let file = SourceFile(path: "Sources/QuickBooks/Batch.swift", text: text)
        #expect(TidyRule.all.flatMap { $0.violations(in: file) }.map(\.line) == [1, 2, 5])
    }

    @Test("a template counts as used where it is named, not where its name is part of another")
    func templateNames() {
        #expect(Template.name(of: "Sources/DaybookWeb/Templates/queue.mustache") == "queue")
        #expect(Template.isNamed("queue", inSwift: "render(\"queue\", page)"))
        #expect(Template.isNamed("queue-row", inSwift: "PackageResources.queue_row_mustache"))
        #expect(!Template.isNamed("queue", inSwift: "PackageResources.old_queue_mustache; \"queues\""))
        #expect(Template.isNamed("row", inMustache: "{{#rows}}{{> row}}{{/rows}}"))
        #expect(!Template.isNamed("row", inMustache: "{{> rows}}{{row}}"))
    }
}
