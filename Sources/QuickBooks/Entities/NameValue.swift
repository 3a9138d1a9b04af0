// SPDX-License-Identifier: Apache-2.0

/// A named fact.
public struct NameValue: Codable, Sendable, Hashable {
    /// What the fact is about.
    public var name: String
    /// The fact.
    public var value: String?

    /// States a fact.
    public init(name: String, value: String?) {
        self.name = name
        self.value = value
    }

    enum CodingKeys: String, CodingKey {
        case name = "Name"
        case value = "Value"
    }
}

extension CompanyInfo {
    /// The subscription as Intuit spells it, such as TRIAL or SUBSCRIBED.
    ///
    /// With RESTRICTED, SUSPENDED, EXPIRED or CANCELLED the company can only be read: a write is refused with 6190.
    public var subscriptionStatus: String? { nameValues?.first { $0.name == "SubscriptionStatus" }?.value }
    /// The plan, such as `QuickBooks Online Plus`.
    public var offering: String? { nameValues?.first { $0.name == "OfferingSku" }?.value }
}
