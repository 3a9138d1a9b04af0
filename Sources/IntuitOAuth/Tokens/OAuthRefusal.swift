// SPDX-License-Identifier: Apache-2.0

/// A definite refusal by the token endpoint: an error of RFC 6749, section 5.2, in readable JSON with
/// status 400 or 401.
///
/// Decide on ``error`` alone. The descriptions differ from path to path (three wordings of
/// `invalid_grant` are known) and are only for showing.
public struct OAuthRefusal: Sendable, Equatable {
    /// RFC 6749's error codes.
    public enum Kind: String, Sendable, CaseIterable {
        /// The code or refresh token is unknown, used, expired, replaced or revoked, or another client's.
        case invalidGrant = "invalid_grant"
        /// The Client ID or Client Secret is wrong. Says nothing about the grant.
        case invalidClient = "invalid_client"
        /// A parameter is missing or given twice.
        case invalidRequest = "invalid_request"
        /// The app may not do this.
        case unauthorizedClient = "unauthorized_client"
        /// Intuit doesn't know this kind of grant.
        case unsupportedGrantType = "unsupported_grant_type"
        /// The scope is not enabled for the app.
        case invalidScope = "invalid_scope"
    }

    /// The error code.
    public let error: Kind
    /// `error_description`, if sent, at most 300 characters.
    public let errorDescription: String?
    /// `x_error_reason`, such as `user_not_in_realm`, if sent.
    public let reason: String?
    /// Intuit's trace id of the answer.
    public let intuitTID: String?

    /// Puts a refusal together.
    public init(error: Kind, errorDescription: String? = nil, reason: String? = nil, intuitTID: String? = nil) {
        self.error = error
        self.errorDescription = errorDescription.map { String($0.prefix(300)) }
        self.reason = reason.map { String($0.prefix(100)) }
        self.intuitTID = intuitTID
    }

    /// What it means and what to do now.
    ///
    /// It claims no more than the code says.
    public var explanation: String {
        switch error {
        case .invalidGrant where reason == "user_not_in_realm":
            "The user who connected is no longer a member of that QuickBooks company. "
                + "Connect again as a user who is an admin of it."
        case .invalidGrant:
            "Intuit no longer accepts this code or refresh token. Connect to QuickBooks again."
        case .invalidClient:
            "Intuit doesn't accept the Client ID and Client Secret. Copy both again from the app's keys page, "
                + "from the same environment."
        case .invalidRequest: "Intuit found the request incomplete. Connect to QuickBooks again."
        case .unauthorizedClient: "Intuit doesn't let this app connect. Check the app at developer.intuit.com."
        case .unsupportedGrantType: "Intuit doesn't know this kind of request. Check the token address in use."
        case .invalidScope:
            "The scope com.intuit.quickbooks.accounting is not enabled for this app. "
                + "Enable it at developer.intuit.com."
        }
    }
}
