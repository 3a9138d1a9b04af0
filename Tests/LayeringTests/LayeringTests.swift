// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("The house stands as it was drawn")
struct LayeringTests {
    let tree = SourceTree()

    @Test("every target imports only what its floor allows")
    func floors() throws {
        let files = try SourceTree.sources.get()
        #expect(files.count > 20, "too few sources under \(tree.root.path): the test looks in the wrong place")
        Violation.report(files.flatMap(Floors.violations))
    }

    @Test("every folder of Sources is a target with a row in the table, and every row has its folder")
    func tableIsComplete() throws {
        #expect(try tree.folders(in: "Sources") == Floors.mayImport.keys.sorted())
    }

    @Test("no target is allowed to import one of its own floor or above, but for adapters over their libraries")
    func arrowsPointDown() {
        // Reached again from itself, a target would be part of a circle.
        for start in Floors.mayImport.keys {
            var seen: Set<String> = []
            var frontier = Floors.mayImport[start] ?? []
            while let next = frontier.popFirst() {
                if seen.insert(next).inserted { frontier.formUnion(Floors.mayImport[next] ?? []) }
            }
            #expect(!seen.contains(start), "\(start) can be reached from itself")
        }
    }

    @Test("web and storage do not see each other, the core sees nobody, and nobody but its command sees the sandbox")
    func separations() {
        #expect(Floors.mayImport["DaybookWeb"]?.contains("DaybookStorage") == false)
        #expect(Floors.mayImport["DaybookStorage"]?.contains("DaybookWeb") == false)
        #expect(Floors.mayImport["Daybook"]?.isDisjoint(with: Floors.mayImport.keys) == true)
        let sandboxGuests = Floors.mayImport.filter { $0.value.contains("IntuitSandbox") }.map(\.key)
        #expect(sandboxGuests == ["SandboxCLI"])
    }
}
