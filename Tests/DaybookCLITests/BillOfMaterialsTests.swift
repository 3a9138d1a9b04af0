// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("The bill of materials that `make dist` puts into each package")
struct BillOfMaterialsTests {
    private struct Bill: Decodable {
        struct Component: Decodable {
            struct License: Decodable {
                struct Named: Decodable {
                    let id: String
                }

                let license: Named?
                let expression: String?
            }

            struct Reference: Decodable {
                let comment: String
            }

            let name: String
            let version: String
            let purl: String
            let licenses: [License]
            let externalReferences: [Reference]
        }

        struct Needs: Decodable {
            let ref: String
            let dependsOn: [String]
        }

        let bomFormat: String
        let components: [Component]
        let dependencies: [Needs]
    }

    /// What SwiftPM has written beside the manifest: every package, with what was checked out of it.
    private struct Resolved: Decodable {
        struct Pin: Decodable {
            struct State: Decodable {
                let revision: String
                let version: String?
            }

            let identity: String
            let state: State
        }

        let pins: [Pin]
    }

    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private func bill() async throws -> Bill {
        // Three folders below the build folder: …/debug/daybook.
        let build = try Programs.url("daybook").deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let made = try await FinishedCommand.run(
            ["/usr/bin/env", "python3", Self.root.appending(path: "scripts/sbom").path, build.path, "daybook", "1.2.3"])
        #expect(made.status == 0, "\(made.errors)")
        return try JSONDecoder().decode(Bill.self, from: Data(made.output.utf8))
    }

    @Test("names every package that the build was resolved to, with its version, revision and license")
    func everyPackage() async throws {
        let resolved = try JSONDecoder().decode(
            Resolved.self, from: Data(contentsOf: Self.root.appending(path: "Package.resolved")))
        let bill = try await bill()
        #expect(bill.bomFormat == "CycloneDX" && resolved.pins.count > 20)
        #expect(Set(bill.components.map(\.name)) == Set(resolved.pins.map(\.identity)))
        for pin in resolved.pins {
            let component = try #require(bill.components.first { $0.name == pin.identity })
            #expect(component.version == pin.state.version ?? pin.state.revision)
            #expect(component.externalReferences.map(\.comment) == ["revision \(pin.state.revision)"])
            let license = try #require(component.licenses.first)
            #expect(license.license != nil || license.expression != nil, "\(pin.identity)")
        }
    }

    @Test("says what each of them depends on, and names nothing that it does not have")
    func graph() async throws {
        let bill = try await bill()
        let manifest = try Self.root.appending(path: "Package.swift").text()
        let direct = try #require(bill.dependencies.first { $0.ref == "daybook@1.2.3" })
        #expect(direct.dependsOn.count == manifest.matches(of: /\.package\(url:/).count)
        let references = Set(bill.components.map(\.purl))
        #expect(references.count == bill.components.count)
        #expect(Set(bill.dependencies.map(\.ref)) == references.union(["daybook@1.2.3"]))
        #expect(Set(bill.dependencies.flatMap(\.dependsOn)) == references, "each is there because something needs it")
    }
}
