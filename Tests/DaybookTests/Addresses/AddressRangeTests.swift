// SPDX-License-Identifier: Apache-2.0
import Daybook
import Testing

@Suite("Addresses and ranges of a network")
struct AddressRangeTests {
    @Test(
        "an address has one spelling",
        arguments: [
            ("192.0.2.7", "192.0.2.7"), ("2001:DB8:0:0::7", "2001:db8::7"), ("::ffff:192.0.2.7", "192.0.2.7"),
            ("::FFFF:c000:207", "192.0.2.7"), ("::1", "::1"), ("0:0:0:0:0:0:0:1", "::1"),
        ])
    func spelling(_ text: String, _ expected: String) {
        #expect(IPAddress(text)?.description == expected)
    }

    @Test(
        "what is no address is none",
        arguments: [
            "", " ", "localhost", "192.0.2", "192.0.2.256", "192.0.2.07", "192.0.2.7:80", "192.0.2.7 ", "fe80::1%eth0",
            "[::1]", "::1::", "192.0.2.7\0", "unknown", "_hidden", "10.0.0.0/8", "０.0.0.0",
        ])
    func noAddress(_ text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(
        "a range holds the addresses that begin like its own, of its own version",
        arguments: [
            ("10.0.0.0/8", ["10.0.0.0", "10.255.255.255"], ["11.0.0.0", "9.255.255.255", "::a00:1"]),
            ("192.0.2.0/25", ["192.0.2.127"], ["192.0.2.128"]), ("192.0.2.6/31", ["192.0.2.7"], ["192.0.2.8"]),
            ("192.0.2.7", ["192.0.2.7", "::ffff:192.0.2.7"], ["192.0.2.6"]),
            ("2001:db8::/33", ["2001:db8:7fff::1"], ["2001:db8:8000::", "32.1.13.184"]), ("::1/128", ["::1"], ["::2"]),
            ("128.0.0.0/1", ["255.0.0.1"], ["127.0.0.1"]),
        ])
    func holds(_ text: String, _ inside: [String], _ outside: [String]) throws {
        let range = try #require(AddressRange(text))
        for address in inside + outside {
            let parsed = try #require(IPAddress(address))
            #expect(range.contains(parsed) == inside.contains(address), "\(address)")
        }
    }

    @Test(
        "what is no range is none; one with bits after its prefix, or of all addresses, may be meant otherwise",
        arguments: [
            "10.0.0.0/33", "10.1.2.3/8", "0.0.0.0/0", "::/0", "10.0.0.0/", "10.0.0.0/+8", "10.0.0.0/8/8", "/8", "10/8",
            "::1/129", "localhost",
        ])
    func noRange(_ text: String) {
        #expect(AddressRange(text) == nil)
    }
}
