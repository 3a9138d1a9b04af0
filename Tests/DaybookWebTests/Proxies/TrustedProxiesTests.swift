// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookWeb
import Testing

@Suite("The client behind trusted proxies")
struct TrustedProxiesTests {
    private static let proxies = TrustedProxies(
        ["127.0.0.1", "::1", "10.0.0.0/8", "2001:db8:a::/48"].compactMap { AddressRange($0) })

    private static let told: [(peer: String, lines: [String], client: String)] = [
        // The peer is a stranger: nothing it says counts.
        ("203.0.113.5", ["198.51.100.9"], "203.0.113.5"), ("127.0.0.2", ["198.51.100.9"], "127.0.0.2"),
        // One proxy, and what the client sent to it stands left.
        ("127.0.0.1", ["198.51.100.9"], "198.51.100.9"), ("::1", ["2001:db8::7"], "2001:db8::7"),
        ("127.0.0.1", ["192.0.2.1, 198.51.100.9"], "198.51.100.9"),
        ("127.0.0.1", ["nonsense, , 198.51.100.9"], "198.51.100.9"),
        ("127.0.0.1", ["10.1.1.1, 198.51.100.9"], "198.51.100.9"),
        // Two proxies, in one line or two.
        ("127.0.0.1", ["192.0.2.1, 198.51.100.9,10.0.0.7"], "198.51.100.9"),
        ("::ffff:127.0.0.1", ["192.0.2.1", "198.51.100.9", "10.0.0.7"], "198.51.100.9"),
        ("2001:db8:a::5", ["198.51.100.9, 10.0.0.7, ::1"], "198.51.100.9"),
        // Every hop is a proxy: the client is on the first one's machine.
        ("127.0.0.1", ["10.0.0.8, 10.0.0.7"], "10.0.0.8"), ("127.0.0.1", ["127.0.0.1"], "127.0.0.1"),
        // Ports and brackets.
        ("127.0.0.1", ["198.51.100.9:4711"], "198.51.100.9"), ("127.0.0.1", ["[2001:db8::7]:4711"], "2001:db8::7"),
        ("127.0.0.1", [" \t[2001:db8::7] "], "2001:db8::7"), ("127.0.0.1", ["::ffff:192.0.2.3"], "192.0.2.3"),
        // Nothing, or nothing that is an address: the peer's own address counts.
        ("127.0.0.1", [], "127.0.0.1"), ("127.0.0.1", [""], "127.0.0.1"), ("127.0.0.1", ["unknown"], "127.0.0.1"),
        ("127.0.0.1", ["198.51.100.9,"], "127.0.0.1"), ("127.0.0.1", ["198.51.100.9, bogus, 10.0.0.7"], "127.0.0.1"),
        ("127.0.0.1", ["198.51.100.9:70000"], "127.0.0.1"), ("127.0.0.1", ["[192.0.2.1]:80"], "127.0.0.1"),
        ("127.0.0.1", ["[2001:db8::7"], "127.0.0.1"), ("127.0.0.1", ["for=198.51.100.9"], "127.0.0.1"),
        ("127.0.0.1", ["\"198.51.100.9\""], "127.0.0.1"), ("127.0.0.1", ["198.51.100.9 198.51.100.8"], "127.0.0.1"),
    ]

    @Test("is the rightmost address that is no proxy", arguments: told)
    func client(_ peer: String, _ lines: [String], _ client: String) throws {
        let peer = try #require(IPAddress(peer))
        #expect(Self.proxies.client(peer: peer, forwardedFor: lines).description == client)
    }

    /// A world of addresses, half of them proxies'.
    private struct World {
        var dice: SeededGenerator

        mutating func address() throws -> IPAddress {
            let prefixes: [[UInt8]] = [[10], [127, 0, 0, 1], [198, 51], [192, 0, 2]]
            let prefix = prefixes.randomElement(using: &dice) ?? []
            let rest = (prefix.count..<4).map { _ in UInt8.random(in: 0...3, using: &dice) }
            return try #require(IPAddress(bytes: prefix + rest))
        }

        mutating func address(trusted: Bool) throws -> IPAddress {
            while true {
                let address = try address()
                if TrustedProxiesTests.proxies.trusts(address) == trusted { return address }
            }
        }

        /// What a client may send: nothing, addresses, and rubbish.
        mutating func header() throws -> [String] {
            try (0..<Int.random(in: 0...3, using: &dice)).map { _ in
                let parts = try (0..<Int.random(in: 0...3, using: &dice)).map { _ in
                    Bool.random(using: &dice)
                        ? "\(try address())"
                        : ["", "x", "[::1", ":", ", ,", "1.2.3.4:5"].randomElement(using: &dice) ?? ""
                }
                return parts.joined(separator: ", ")
            }
        }
    }

    @Test("who is no proxy can't choose its address, directly or behind proxies that append", arguments: 0..<8)
    func cannotChoose(seed: UInt64) throws {
        var world = World(dice: SeededGenerator(seed: seed))
        for _ in 0..<500 {
            let client = try world.address(trusted: false)
            let header = try world.header()
            #expect(Self.proxies.client(peer: client, forwardedFor: header) == client)
            // Each proxy on the way appends the address that it was called from.
            let hops = try (0...Int.random(in: 0...2, using: &world.dice)).map { _ in try world.address(trusted: true) }
            let appended = header + ([client] + hops.dropLast()).map(\.description)
            let peer = try #require(hops.last)
            for lines in [appended, [appended.joined(separator: ", ")]] {
                #expect(Self.proxies.client(peer: peer, forwardedFor: lines) == client, "\(peer) was told \(lines)")
            }
        }
    }

    @Test("without a list nobody is believed")
    func none() throws {
        let peer = try #require(IPAddress("127.0.0.1"))
        #expect(TrustedProxies().client(peer: peer, forwardedFor: ["198.51.100.9"]) == peer)
    }
}
