// SPDX-License-Identifier: Apache-2.0
import Daybook
import Testing

@Suite("Loopback")
struct LoopbackTests {
    @Test(
        "reaches this machine alone", arguments: ["127.0.0.1", "127.9.9.9", "localhost", "LOCALHOST", "::1", "[::1]"])
    func here(host: String) {
        #expect(Loopback.isLoopback(host: host))
    }

    @Test(
        "what another machine may answer to is not loopback",
        arguments: [
            "", "127.0.0.+1", "+127.0.0.1", "127.1", "127.0.0.1.example", "localhost.example", "128.0.0.1", "::2",
            "0:0:0:0:0:0:0:1 ", "127.0.0.1:80",
        ])
    func elsewhere(host: String) {
        #expect(!Loopback.isLoopback(host: host))
    }
}

@Suite("Digits")
struct DigitsTests {
    @Test("alone are read", arguments: [("0", 0), ("007", 7), ("8710", 8_710)])
    func read(text: String, number: Int) {
        #expect(Int(digits: text) == number)
    }

    @Test("nothing else is read", arguments: ["", "+80", "-1", " 1", "1.0", "1e3", "٣", "99999999999999999999"])
    func refused(text: String) {
        #expect(Int(digits: text) == nil)
    }
}
