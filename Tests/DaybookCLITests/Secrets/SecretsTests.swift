// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import Testing

@Suite("Planted secrets", .timeLimit(.minutes(10)))
struct SecretsTests {
    @Test("more than fifty, wherever one goes in, are nowhere in what the real programs write, say and store")
    func nowhere() async throws {
        let hoard = try await withFolder { folder in
            var hoard: Hoard?
            try await ProgramsFixture.with(folder) { fixture in
                try await InBetween.with(fixture.sandbox.address) { between in
                    let plot = try await Plot(fixture, between)
                    try await live(plot)
                    hoard = plot.hoard
                }
            }
            return try #require(hoard)
        }
        judge(hoard)
    }

    private func live(_ plot: Plot) async throws {
        plot.hoard.learn(.realmID, "the company's number", plot.realm.realmId)
        try await plot.pasteByCommand()
        try await plot.start()
        try await plot.fixture.fillAccountNumbers()
        try await plot.trade()
        try await plot.pasteIntoPages()
        try await plot.pasteIntoTheAPI()
        try await plot.notify()
        try await plot.connectInTheBrowser()
        try await plot.connectInTheBrowser(by: "/account-numbers/settings/connect")
        try await plot.comeBackWrongly()
        try await plot.connectByCommand()
        try await plot.consentByAPI()
        try await plot.failAtTheTokenEndpoint()
        try await plot.failAtTheAPI()
        try await plot.killInTheMiddle()
        try await plot.changeTheSecret()
        try await plot.dieAndComeBack()
        try await plot.askEverythingByCommand()
        try plot.hoard.keepCopy(of: plot.data, "while it runs")
        try await plot.backUp()
        try await plot.disconnect()
        try await plot.end(with: SIGTERM)
        try plot.hoard.keepCopy(of: plot.data, "in the end")
        let key = try Data(contentsOf: plot.data.appending(path: "daybook.key"))
        plot.hoard.learn(
            .dataKey, "daybook.key", String(decoding: key, as: UTF8.self).trimmingCharacters(in: .newlines))
        plot.hoard.learn(.control, "an intuit_tid", Plot.visibleTID)
        plot.learnFromTheWire()
        try plot.keepTheSandboxsWords()
    }

    private func judge(_ hoard: Hoard) {
        let secrets = hoard.canaries.values.filter { $0.kind != .control }
        let counts = Dictionary(grouping: secrets, by: \.kind).mapValues(\.count)
        let table = Canary.Kind.allCases.compactMap { kind in counts[kind].map { "\($0) × \(kind.rawValue)" } }
        let bytes = hoard.evidence.reduce(0) { $0 + $1.bytes.count }
        print(
            "\(secrets.count) secrets (\(table.joined(separator: ", "))) in \(bytes) bytes of \(hoard.evidence.count)")
        #expect(secrets.count >= 50)
        for kind in Canary.Kind.allCases where kind != .control && !Canary.Kind.people.contains(kind) {
            #expect(counts[kind] ?? 0 > 0, "no \(kind.rawValue) went in")
        }
        let findings = hoard.findings()
        for found in Set(findings.filter { $0.rightly == nil && $0.finding.canary.kind != .control }.map(\.finding)) {
            Issue.record("\(found)")
        }
        // What is shown on purpose is found in each kind of place, so the search works there.
        let places = Set(findings.filter { $0.finding.canary.kind == .control }.map(\.finding.kind))
        for kind in [Evidence.Kind.output, .errors, .page, .answer, .file] {
            #expect(places.contains(kind), "nothing at all is found in \(kind.rawValue)")
        }
        for rule in Rightly.allCases where !Rightly.people.contains(rule) {
            #expect(findings.contains { $0.rightly == rule }, "\(rule) excuses nothing")
        }
        let told = findings.filter { $0.rightly == .webhookSecretWhenAdded }.map(\.finding.canary)
        #expect(Set(told).count == told.count, "a webhook's secret is told once")
    }
}
