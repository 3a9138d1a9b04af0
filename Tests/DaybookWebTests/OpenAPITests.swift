// SPDX-License-Identifier: Apache-2.0
@testable import DaybookWeb
import Foundation
import HTTPTypes
import Hummingbird
import Testing

@Suite("openapi.yaml")
struct OpenAPITests {
    @Test("describes every route of the API, and no other")
    func bothWays() async throws {
        let described = try Self.described()
        try await SiteFixture.open { fixture in
            let served = fixture.site.routes()
                .filter { SitePaths.isForPrograms($0.path.description) }
                .map { "\($0.method.rawValue) \($0.path.description)" }
            #expect(Set(served + Self.servedByTheProgram) == described)
        }
    }

    /// What the program adds to the site.
    private static let servedByTheProgram = ["GET /metrics"]

    /// `GET /api/v1/exports` for each: paths stand at two spaces, their methods at four.
    private static func described() throws -> Set<String> {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appendingPathComponent("openapi.yaml"), encoding: .utf8)
        var path = ""
        var found: Set<String> = []
        for line in text.split(separator: "\n") {
            if let match = line.wholeMatch(of: /[ ]{2}(\/[^:]*):/) { path = String(match.1) }
            if let match = line.wholeMatch(of: /[ ]{4}(get|put|post|delete|patch):/), !path.isEmpty {
                found.insert("\(match.1.uppercased()) \(path)")
            }
        }
        return found
    }
}
