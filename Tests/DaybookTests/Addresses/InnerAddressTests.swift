// SPDX-License-Identifier: Apache-2.0
import Daybook
import Testing

@Suite("Inner addresses")
struct InnerAddressTests {
    @Test(
        "are those that are not of the internet, in every form",
        arguments: [
            "0.0.0.0", "0.1.2.3", "10.255.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1", "172.31.255.255", "192.168.1.1", "198.19.0.1", "224.0.0.1", "255.255.255.255", "::", "::1",
            "::ffff:10.0.0.1", "::7f00:1", "fc00::1", "fdff::1", "fe80::1", "fec0::1", "ff02::1", "64:ff9b::7f00:1",
            "2002:7f00:1::", "2001:0:1::",
        ])
    func inner(_ text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.isInner)
    }

    @Test(
        "and their neighbours are not",
        arguments: [
            "1.0.0.1", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "126.255.255.255", "128.0.0.1",
            "169.253.0.1", "172.15.0.1", "172.32.0.1", "192.167.0.1", "192.169.0.1", "223.255.255.255",
            "::ffff:8.8.8.8",
            "2606:4700::1", "2001:4860::1", "fbff::1",
        ])
    func outer(_ text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(!address.isInner)
    }
}
