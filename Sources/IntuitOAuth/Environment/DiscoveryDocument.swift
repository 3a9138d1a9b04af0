// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// The addresses of Intuit's OAuth server, as its discovery document states them.
///
/// Source: OpenID Connect Discovery 1.0 and Intuit's page on OpenID Connect. Only what this library
/// uses is kept.
public struct DiscoveryDocument: Sendable, Equatable {
    /// Who issues tokens.
    public let issuer: String
    /// Where a person gives consent.
    public let authorizationEndpoint: URL
    /// Where codes and refresh tokens are exchanged for access tokens.
    public let tokenEndpoint: URL
    /// Where a grant is ended.
    public let revocationEndpoint: URL
    /// Where the signed-in person's profile is, if stated.
    public let userinfoEndpoint: URL?
    /// Where the keys that sign id tokens are, if stated.
    public let jwksURI: URL?

    /// Reads a discovery document.
    ///
    /// - Throws: ``OAuthError/Code/invalidDiscovery`` if it is not JSON or lacks a needed endpoint,
    ///   ``OAuthError/Code/invalidAddress`` if an endpoint is neither https nor http on this machine.
    public init(parsing bytes: [UInt8]) throws(OAuthError) {
        let wire: Wire
        do {
            wire = try JSONDecoder().decode(Wire.self, from: Data(bytes))
        } catch {
            // The decoder's own words don't help a person; the message names the document instead.
            throw OAuthError(
                .invalidDiscovery,
                reason: "Intuit's discovery document can't be read: it is not the expected JSON. "
                    + "Check the discovery address.")
        }
        for endpoint in [wire.authorization_endpoint, wire.token_endpoint, wire.revocation_endpoint] {
            _ = try AbsoluteAddress(endpoint)
        }
        issuer = wire.issuer
        authorizationEndpoint = wire.authorization_endpoint
        tokenEndpoint = wire.token_endpoint
        revocationEndpoint = wire.revocation_endpoint
        userinfoEndpoint = wire.userinfo_endpoint
        jwksURI = wire.jwks_uri
    }

    private struct Wire: Decodable {
        var issuer: String
        var authorization_endpoint: URL
        var token_endpoint: URL
        var revocation_endpoint: URL
        var userinfo_endpoint: URL?
        var jwks_uri: URL?
    }
}
