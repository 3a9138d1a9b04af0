// SPDX-License-Identifier: Apache-2.0
import Configuration
import Daybook

extension ConfigurationReading {
    /// How many calls a key or a person may make in a minute; nil for any number.
    mutating func callsPerMinute() -> Int? {
        let usual = 6_000
        guard let given = text("callsPerMinute") else { return usual }
        if given.lowercased() == "off" { return nil }
        guard let number = Int(given), (60...1_000_000).contains(number) else {
            note("DAYBOOK_CALLS_PER_MINUTE", given, "write a whole number from 60 to 1000000, or off", "\(usual)")
            return usual
        }
        return number
    }

    mutating func authenticators() -> AuthenticatorDuty {
        guard let given = text("requireAuthenticator") else { return .administrators }
        guard let duty = AuthenticatorDuty(rawValue: given.lowercased()) else {
            note("DAYBOOK_REQUIRE_AUTHENTICATOR", given, "write administrators or everybody", "everybody")
            return .administrators
        }
        return duty
    }
}
