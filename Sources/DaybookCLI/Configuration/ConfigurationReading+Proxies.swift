// SPDX-License-Identifier: Apache-2.0
import Configuration
import Daybook
import DaybookWeb

extension ConfigurationReading {
    /// Each mistake in the list is noted by itself.
    mutating func trustedProxies() -> TrustedProxies {
        guard let given = text("trustedProxies") else { return TrustedProxies() }
        var ranges: [AddressRange] = []
        for part in given.split(whereSeparator: { $0 == "," || $0 == " " }) {
            guard let range = AddressRange(part) else {
                note(
                    "DAYBOOK_TRUSTED_PROXIES", String(part),
                    "write addresses, or ranges by their first address and the number of bits in common, 1 or more",
                    "127.0.0.1,::1,10.0.0.0/8")
                continue
            }
            ranges.append(range)
        }
        return TrustedProxies(ranges)
    }
}
