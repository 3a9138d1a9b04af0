// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import Testing

@Suite("The chain of the audit trail")
struct AuditChainTests {
    private static let digest = SystemDigest()

    /// Lines as the storage writes them, from serial 1; the first of them are of the first version.
    private static func chain(_ count: Int, seed: Int = 0, first: Int = 3) -> [AuditEntry] {
        var previous: [UInt8]?
        return (1...count).map { number in
            let entry = AuditEntry(
                serial: Int64(number), at: Date(milliseconds: 1_700_000_000_000 + Int64(number * 7 + seed)),
                actor: AuditActor(kind: .person, id: Int64(seed), name: "Pat", source: "192.0.2.\(number)"),
                act: "reset",
                change: AuditChange("export \(number + seed)", from: number % 3 == 0 ? nil : "Error", to: "Pending"),
                request: number % 2 == 0 && number > first ? "r\(number)" : nil,
                version: number > first ? .withRequest : .first, digest: [])
            let sealed = entry.sealed(AuditDigest.digest(of: entry, after: previous, digest))
            previous = sealed.digest
            return sealed
        }
    }

    private static func findings(_ entries: [AuditEntry], _ anchor: AuditAnchor? = nil) -> [AuditChain.Finding] {
        var chain = AuditChain(digest, anchor: anchor)
        for entry in entries { chain.take(entry) }
        chain.end()
        return chain.findings
    }

    /// The line with one of its parts changed.
    private static func changed(_ entry: AuditEntry, _ part: Int) -> AuditEntry {
        let (actor, change) = (entry.actor, entry.change)
        return switch part % 10 {
        case 0: entry.with(at: entry.at.addingTimeInterval(0.001))
        case 1: entry.with(actor: AuditActor(kind: .key, id: actor.id, name: actor.name, source: actor.source))
        case 2: entry.with(actor: AuditActor(kind: .person, id: nil, name: actor.name, source: actor.source))
        case 3: entry.with(actor: AuditActor(kind: .person, id: actor.id, name: "pat", source: actor.source))
        case 4: entry.with(actor: AuditActor(kind: .person, id: actor.id, name: actor.name, source: nil))
        case 5: entry.with(act: "hold")
        case 6: entry.with(change: AuditChange(nil, from: change.before, to: change.after))
        case 7: entry.with(change: AuditChange(change.object, from: change.before ?? "", to: change.after))
        case 8: entry.with(request: .some(entry.request == nil ? "b09eaeacd1602bde" : nil))
        default: entry.with(change: AuditChange(change.object, from: change.before, to: "On hold"))
        }
    }

    @Test("each of 10,000 lines changed, taken away and swapped with the next, once: all found, and where")
    func everyLine() {
        // A line is tied to the one before it alone, so trails of ten show what one of 10,000 would.
        for seed in 0..<1_000 {
            let whole = Self.chain(10, seed: seed)
            let end = AuditAnchor(serial: 10, digest: whole[9].digest)
            guard Self.findings(whole, end).isEmpty else {
                Issue.record("a whole trail has findings, seed \(seed)")
                return
            }
            for place in 0..<10 {
                let serial = Int64(place + 1)
                var trail = whole
                trail[place] = Self.changed(whole[place], seed + place)
                // Part 7 changes nothing where there was a text before.
                if trail[place] != whole[place], Self.findings(trail, end) != [.changed(serial: serial)] {
                    Issue.record("line \(serial) changed, seed \(seed): \(Self.findings(trail, end))")
                }
                trail = whole
                trail.remove(at: place)
                if !Self.findings(trail, end).contains(.missing(serial...serial)) {
                    Issue.record("line \(serial) taken away, seed \(seed): \(Self.findings(trail, end))")
                }
                let other = (place + 1) % 10
                trail = whole
                trail[place] = whole[other].with(serial: serial)
                trail[other] = whole[place].with(serial: Int64(other + 1))
                let found = Self.findings(trail, end)
                if !found.contains(.changed(serial: serial)) || !found.contains(.changed(serial: Int64(other + 1))) {
                    Issue.record("lines \(serial) and \(other + 1) swapped, seed \(seed): \(found)")
                }
            }
        }
    }

    @Test("a line of one version that is given out as one of the other is found")
    func versions() {
        let whole = Self.chain(6)
        for (place, version) in [(1, AuditDigest.Version.withRequest), (4, .first), (5, .first)] {
            var trail = whole
            trail[place] = whole[place].with(request: .some(nil), version: version)
            #expect(Self.findings(trail) == [.changed(serial: Int64(place + 1))], "line \(place + 1)")
        }
    }

    @Test("the digest of a line of the first version is what it was when there was no other")
    func known() {
        let line = AuditEntry(
            serial: 1, at: Date(milliseconds: 1_700_000_000_000),
            actor: AuditActor(kind: .person, id: 3, name: "Pat", source: nil), act: "reset",
            change: AuditChange("export 17", from: "Error", to: ""), version: .first, digest: [])
        let text = "1:113:17000000000006:person1:3" + "3:Pat-:5:reset9:export 175:Error0:"
        #expect(AuditDigest.digest(of: line, after: nil, Self.digest) == Self.digest.sha256(Array(text.utf8)))
    }

    @Test("a line sealed anew after its change is found at the next one, and at the end by the anchor")
    func sealedAnew() {
        let whole = Self.chain(5)
        var trail = whole
        let changed = Self.changed(whole[2], 5)
        trail[2] = changed.sealed(AuditDigest.digest(of: changed, after: whole[1].digest, Self.digest))
        #expect(Self.findings(trail) == [.changed(serial: 4)])
        var last = whole
        let end = Self.changed(whole[4], 5)
        last[4] = end.sealed(AuditDigest.digest(of: end, after: whole[3].digest, Self.digest))
        #expect(Self.findings(last).isEmpty, "only an anchor tells")
        #expect(Self.findings(last, AuditAnchor(serial: 5, digest: whole[4].digest)) == [.replaced(serial: 5)])
    }

    @Test("lines missing at the beginning, in the middle, at the end, and all of them")
    func missing() {
        let whole = Self.chain(6)
        let end = AuditAnchor(serial: 6, digest: whole[5].digest)
        #expect(Self.findings(Array(whole[2...]), end) == [.missing(1...2)])
        #expect(Self.findings(Array(whole[..<2] + whole[4...]), end) == [.missing(3...4)])
        #expect(Self.findings(Array(whole[..<4]), end) == [.missing(5...6)])
        #expect(Self.findings([], end) == [.missing(1...6)])
        #expect(Self.findings(Array(whole[..<4])).isEmpty, "only an anchor tells")
    }

    @Test("an anchor reads what it writes, and nothing else")
    func anchor() {
        let anchor = AuditAnchor(serial: 12, digest: [UInt8](0..<32))
        #expect(AuditAnchor(text: anchor.text + "\n") == anchor)
        for text in [
            "", "12", "12:", "0:" + String(repeating: "0", count: 64), "12:" + String(repeating: "g", count: 64),
            "12:" + String(repeating: "+f", count: 32), "+12:" + String(repeating: "0", count: 64),
        ] {
            #expect(AuditAnchor(text: text) == nil, "\(text)")
        }
    }

    @Test("no two lines give the same bytes: nothing differs from an empty text, and texts do not run into each other")
    func bytes() {
        let line = Self.chain(1)[0]
        let lines = [
            line.with(change: AuditChange("ab", from: "c")), line.with(change: AuditChange("a", from: "bc")),
            line.with(change: AuditChange("ab", from: "c", to: "")), line.with(change: AuditChange("ab", to: "c")),
            line.with(change: AuditChange("1:a")), line.with(change: AuditChange("a")),
        ]
        #expect(Set(lines.map { AuditDigest.digest(of: $0, after: nil, Self.digest) }).count == lines.count)
    }
}

extension AuditEntry {
    fileprivate func with(
        serial: Int64? = nil, at: Date? = nil, actor: AuditActor? = nil, act: String? = nil, change: AuditChange? = nil,
        request: String?? = nil, version: AuditDigest.Version? = nil
    ) -> AuditEntry {
        AuditEntry(
            serial: serial ?? self.serial, at: at ?? self.at, actor: actor ?? self.actor, act: act ?? self.act,
            change: change ?? self.change, request: request ?? self.request, version: version ?? self.version,
            digest: digest)
    }

    fileprivate func sealed(_ digest: [UInt8]) -> AuditEntry {
        AuditEntry(
            serial: serial, at: at, actor: actor, act: act, change: change, request: request, version: version,
            digest: digest)
    }
}
