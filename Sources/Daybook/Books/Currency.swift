// SPDX-License-Identifier: Apache-2.0

/// An ISO 4217 currency and how many decimals its amounts carry.
package struct Currency: Hashable, Sendable, CustomStringConvertible {
    /// Three capital letters.
    package let code: String
    /// Decimals of the minor unit: 2 for most, 0 for the yen and its like, 3 for the dinars.
    package let minorUnitDigits: Int

    /// Nil unless `code` is three capital ASCII letters.
    package init?(code: String) {
        guard code.utf8.count == 3, code.utf8.allSatisfy({ (65...90).contains($0) }) else { return nil }
        self.code = code
        minorUnitDigits = Self.withoutDigits.contains(code) ? 0 : Self.withThreeDigits.contains(code) ? 3 : 2
    }

    private init(dollars code: String) {
        self.code = code
        minorUnitDigits = 2
    }

    package static let usd = Currency(dollars: "USD")

    /// Whether ISO 4217 has it for a country's money.
    package var isInUse: Bool { minorUnitDigits != 2 || Self.withTwoDigits.contains(code) }

    package var description: String { code }

    private static func codes(_ list: String) -> Set<String> { Set(list.split(separator: " ").map(String.init)) }

    // The list of active codes of ISO 4217, 2026, without funds, metals and codes for tests.
    private static let withoutDigits = codes(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF")
    private static let withThreeDigits = codes("BHD IQD JOD KWD LYD OMR TND")
    private static let withTwoDigits = codes(
        """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC \
        CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR \
        JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD \
        NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN \
        SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG
        """)
}
