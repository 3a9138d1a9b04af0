// SPDX-License-Identifier: Apache-2.0

/// The currency part of a company's ``Preferences``.
public struct CurrencyPreferences: Codable, Sendable, Hashable {
    /// Once on, every transaction must carry its currency.
    public var multiCurrencyEnabled: Bool?
    /// The home currency by its ISO 4217 code.
    public var homeCurrency: Reference?

    /// Puts the fields together; what isn't given isn't sent.
    public init(
        multiCurrencyEnabled: Bool? = nil, homeCurrency: Reference? = nil
    ) {
        self.multiCurrencyEnabled = multiCurrencyEnabled
        self.homeCurrency = homeCurrency
    }

    enum CodingKeys: String, CodingKey {
        case multiCurrencyEnabled = "MultiCurrencyEnabled"
        case homeCurrency = "HomeCurrency"
    }
}
