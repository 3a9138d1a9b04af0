// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite("A type for each client")
struct VerbCountTests {
    private static let most = 15

    /// With the reason in ADR 0039.
    private static let larger: Set<String> = [
        "DaybookStorage.RelationalStorage", "DaybookStorage.SQLRow", "IntuitSandbox.Sandbox",
    ]

    @Test("no type has more than fifteen public or package functions of its own without a reason in an ADR")
    func count() throws {
        let counted = VerbCount(try SourceTree.sources.get()).functions
        #expect(counted["Daybook.ExporterStorage"]?.contains("settle") == true, "the count looks in the wrong place")
        let large = counted.filter { $0.value.count > Self.most }
        #expect(Set(large.keys) == Self.larger, "\(large.map { "\($0.key): \($0.value.count)" })")
        let reasons = try SourceTree().text(of: "docs/adr/0039-a-port-and-a-desk-for-each-client.md")
        for name in Self.larger { #expect(reasons.contains(name.split(separator: ".").last ?? ""), "\(name)") }
    }

    @Test("the ports of storage are one for each client, and all of them are the storage's")
    func ports() throws {
        let files = try SourceTree.sources.get().filter { $0.path.hasPrefix("Sources/Daybook/Ports/Storage/") }
        let ports = VerbCount(files).functions.keys.map { $0.replacing("Daybook.", with: "") }
            .filter { $0.hasSuffix("Storage") }
        let storage = try SourceTree().text(of: "Sources/Daybook/Ports/Storage/Storage.swift")
        let ofLoops = ["WarningStorage", "RetentionStorage"]
        // Where nobody signs in, nobody asks for these.
        let ofTheDoor = ["PeopleStorage", "SessionStorage", "KeyStorage"]
        for port in ports where !ofLoops.contains(port) && !ofTheDoor.contains(port) {
            #expect(storage.contains(port), "\(port)")
        }
        #expect(ports.count == 17)
    }

    @Test("no switch on the kind of a document outside the kind's own folder, its adapter and its record")
    func kinds() throws {
        for file in try SourceTree.sources.get() where file.path.hasPrefix("Sources/Daybook") {
            let isAllowed = ["Sources/Daybook/Documents/", "Sources/DaybookQuickBooks/Documents/"].contains {
                file.path.hasPrefix($0)
            }
            for (index, line) in file.code.enumerated() where !isAllowed && line.contains("case .journalEntry") {
                Issue.record("\(file.path):\(index + 1) decides by the kind of a document")
            }
        }
    }
}
