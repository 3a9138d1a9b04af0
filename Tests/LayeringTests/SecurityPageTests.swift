// SPDX-License-Identifier: Apache-2.0
import Testing

/// docs/security.md says which test proves what. All tests run together, so one that is there has passed, too.
@Suite("The page about security")
struct SecurityPageTests {
    /// The items of Intuit's that the page lists.
    private static let intuits = (1...22).map { "I\($0)" }

    private let tree = SourceTree()
    private let page: SecurityPage

    init() throws { page = SecurityPage(try SourceTree().text(of: SecurityPage.path)) }

    private func complain(_ line: Int, _ words: String) {
        Violation.report([Violation(SecurityPage.path, line: line, words)])
    }

    @Test("every test that it names is there, and nothing switches it off")
    func names() throws {
        let index = TestIndex(try SourceTree.tests.get())
        #expect(index.count > 1_000 && page.tests.count > 200, "the test looks in the wrong place")
        for (line, name) in page.tests {
            if let problem = index.problem(with: name) { complain(line, "\(name): \(problem)") }
        }
    }

    @Test("every row names a test, or says what is open, or why it does not apply")
    func rows() {
        for row in page.rows where row.state == nil {
            complain(
                row.line,
                """
                \(row.numbers) has \(row.cells) cells and no proof: name a test (`Suite/function`), or begin the last \
                cell with “open: ” or “not applicable: ” and the reason
                """)
        }
    }

    @Test("every requirement of levels 1 and 2, and every item of Intuit's, has one row")
    func complete() {
        var answered: [String: Int] = [:]
        for row in page.rows {
            let requirements = row.requirements
            if row.isIntuits { answered[row.numbers, default: 0] += 1 }
            for requirement in requirements { answered[requirement.id, default: 0] += 1 }
            let levels = Set(requirements.map(\.level)).sorted().map(String.init).joined(separator: " and ")
            if levels != row.levels {
                complain(row.line, "\(row.numbers) is of level \(levels.isEmpty ? "none" : levels), not \(row.levels)")
            }
        }
        let expected = SecurityRequirement.all.map(\.id) + Self.intuits
        #expect(expected.count == 253 + Self.intuits.count)
        for id in expected where answered[id] != 1 {
            complain(1, "\(id) has \(answered[id] ?? 0) rows; it needs one")
        }
        for id in answered.keys where !expected.contains(id) { complain(1, "\(id) is not in the test's list") }
    }

    @Test("the numbers at its top are those of its rows")
    func counts() {
        func count(_ state: SecurityPage.State, _ isIntuits: Bool) -> Int {
            page.rows.filter { $0.isIntuits == isIntuits && $0.state == state }
                .reduce(0) { $0 + (isIntuits ? 1 : $1.requirements.count) }
        }
        for (name, isIntuits) in [("OWASP ASVS 5.0.0, levels 1 and 2", false), ("Intuit's requirements", true)] {
            let sentence = """
                | \(name) | \(count(.proven, isIntuits)) | \(count(.open, isIntuits)) \
                | \(count(.notApplicable, isIntuits)) |
                """
            print(sentence)
            if !page.text.contains("\n\(sentence)\n") { complain(1, "its rows come to “\(sentence)”") }
        }
    }

    @Test("what it says of the code is there word for word")
    func facts() throws {
        #expect(page.facts.count > 15)
        for fact in page.facts {
            let text = try tree.text(of: fact.file)
            if fact.snippets.isEmpty { complain(fact.line, "it quotes nothing") }
            for snippet in fact.snippets where !text.contains(snippet) {
                complain(fact.line, "\(fact.file) does not say `\(snippet)`")
            }
        }
    }

    @Test("every file that encrypts, hashes, signs or seals is in its inventory")
    func inventory() throws {
        let files = try SourceTree.sources.get().filter { file in
            !["IntuitSandbox", "SandboxCLI"].contains(file.target)
                && (file.imports.contains { $0.module.hasPrefix("Crypto") }
                    || file.code.contains { $0.contains("SealContext(") })
        }
        #expect(files.count > 10)
        for file in files {
            let name = file.path.replacing("Sources/", with: "")
            if !page.text.contains("`\(name)`") { complain(1, "the inventory lacks \(name)") }
        }
    }
}

/// The reading of the page and of the tests, shown what is wrong.
@Suite("The page about security: what its tests notice")
struct SecurityPageReadingTests {
    private static let suite = """
        @Suite("Money", .timeLimit(.minutes(1)))
        struct MoneyTests {
            static let needsGold: ConditionTrait = .enabled(if: false)
            @Test("adds", arguments: [
                1, 2,
            ])
            func adds(_ number: Int) {}

            // @Test func comment() {}
            let text = \"\"\"
                @Test func quoted() {}
                \"\"\"
            @Test(.disabled("slow")) func slow() {}
            @Test("rich", Self.needsGold)
            func rich() {}
            func helper() {}
            @Test func twice() {}

            struct Inner {
                func helper() {}
            }
        }

        extension MoneyTests {
            @Test func twice() {}
            @Test private func extended() async throws {}
        }

        @Suite(.disabled())
        struct OffTests {
            @Test func any() {}
        }
        """

    @Test(
        "a test counts that is there once and runs always",
        arguments: [
            ("MoneyTests/adds", nil), ("MoneyTests/extended", nil), ("MoneyTests/comment", "no such"),
            ("MoneyTests/quoted", "no such"), ("MoneyTests/helper", "no such"), ("Inner/helper", "no such"),
            ("MoneyTests/slow", "switched off"), ("MoneyTests/rich", "switched off"), ("MoneyTests/twice", "several"),
            ("OffTests/any", "switched off"),
        ] as [(String, String?)])
    func index(_ name: String, _ words: String?) {
        let problem = TestIndex([SourceFile(path: "Tests/BooksTests/MoneyTests.swift", text: Self.suite)])
            .problem(with: name)
        #expect(words.map { problem?.contains($0) == true } ?? (problem == nil), "\(problem ?? "none")")
    }

    @Test(
        "a row is what its last cell says",
        arguments: [
            ("| 1.1.1 | 2 | a | `MoneyTests/adds` |", .proven),
            ("| 1.1.1 | 2 | a | open: b, `MoneyTests/adds` |", .open),
            ("| 1.1.1 to 1.1.2 | 2 | – | not applicable: none |", .notApplicable), ("| I1 | a | open: b |", .open),
            ("| 1.1.1 | 2 | `MoneyTests/adds` | of course |", nil), ("| 1.1.1 | 2 | a |  |", nil),
            ("| 1.1.1 | 2 | a | open: |", nil), ("| I1 | a | b | open: c |", nil),
        ] as [(String, SecurityPage.State?)])
    func state(_ line: String, _ state: SecurityPage.State?) {
        let rows = SecurityPage(line).rows
        #expect(rows.count == 1 && rows.first?.state == state)
    }

    @Test("a range holds what is between its ends, and is none over two sections or beyond level 2")
    func ranges() {
        #expect(SecurityRequirement.from("6.3.2", to: "6.3.4").map(\.id) == ["6.3.2", "6.3.3", "6.3.4"])
        #expect(SecurityRequirement.from("3.2.2", to: "3.2.2").map(\.level) == [1])
        for (first, last) in [
            ("1.1.1", "1.2.1"), ("1.1.2", "1.1.1"), ("1.1.3", "1.1.3"), ("6.3.2", "6.3.8"), ("11.1.1", "1.1.1"),
        ] {
            #expect(SecurityRequirement.from(first, to: last).isEmpty)
        }
    }
}
