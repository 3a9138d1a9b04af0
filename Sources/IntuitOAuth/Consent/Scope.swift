// SPDX-License-Identifier: Apache-2.0

/// What a person is asked to allow.
///
/// Source: Intuit's page on scopes.
public struct Scope: Sendable, Hashable, RawRepresentable {
    /// The scope as Intuit spells it.
    public let rawValue: String

    /// A scope that has no name here.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The books: the one scope an accounting integration needs.
    public static let accounting = Scope(rawValue: "com.intuit.quickbooks.accounting")
    /// QuickBooks Payments.
    public static let payment = Scope(rawValue: "com.intuit.quickbooks.payment")
    /// Who signed in; asks for an id token.
    public static let openID = Scope(rawValue: "openid")
    /// The person's name.
    public static let profile = Scope(rawValue: "profile")
    /// The person's e-mail address.
    public static let email = Scope(rawValue: "email")
}
