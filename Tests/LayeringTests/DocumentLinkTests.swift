// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Links in the documents")
struct DocumentLinkTests {
    @Test("lead to files that are there")
    func links() throws {
        let tree = SourceTree()
        let pages = try tree.paths(in: "docs", suffix: ".md") + ["README.md", "CHANGELOG.md"]
        var links = 0
        for page in pages {
            let folder = tree.root.appending(path: page).deletingLastPathComponent()
            for match in try tree.text(of: page).matches(of: /\]\(([^)\s#:]+)(#[^)]*)?\)/) {
                links += 1
                let target = folder.appending(path: String(match.1)).standardizedFileURL
                #expect(FileManager.default.fileExists(atPath: target.path), "\(page): \(match.1)")
            }
        }
        #expect(links > 50, "the test looks in the wrong place")
    }
}
