// SPDX-License-Identifier: Apache-2.0
import Foundation

extension RawTokenAnswer {
    /// Says what the answer means.
    ///
    /// Pure: the same bytes always mean the same.
    ///
    /// A grant needs status 200, an access token and `expires_in`. A missing `refresh_token` means
    /// "keep the old one"; an empty or malformed one makes the answer unusable. The two refresh-token
    /// life times are advice: where they can't be read they are left out, since losing a grant over
    /// them would cost a person a consent.
    public func interpreted() -> TokenAnswer {
        switch status {
        case 200: interpretedGrant()
        case 400, 401: interpretedRefusal()
        case 429: .unusable("Intuit is limiting requests")
        case 500...599: .unusable("Intuit's server had an error")
        default: .unusable("the status is unexpected")
        }
    }

    /// What was damaged on the way is nobody's word.
    ///
    /// `JSONDecoder` alone would let some damage pass: it repairs broken UTF-8 in silence and doesn't look into
    /// fields that aren't asked for.
    var isWhole: Bool {
        guard String(validating: body, as: UTF8.self) != nil else { return false }
        // Why it can't be read doesn't matter here, and the error may quote tokens.
        return (try? JSONSerialization.jsonObject(with: Data(body))) is [String: Any]
    }

    private func interpretedGrant() -> TokenAnswer {
        guard isWhole else { return .unusable("it is not complete JSON") }
        let wire: GrantWire
        do {
            wire = try JSONDecoder().decode(GrantWire.self, from: Data(body))
        } catch {
            // The decoder's error may quote the body, which may hold tokens; it must not be passed on.
            return .unusable("it is not a readable grant")
        }
        if let type = wire.tokenType, type.lowercased() != "bearer" { return .unusable("it is not a bearer token") }
        guard Self.isToken(wire.accessToken) else { return .unusable("the access token is malformed") }
        guard let life = Self.duration(wire.expiresIn) else { return .unusable("expires_in is out of range") }
        if let refresh = wire.refreshToken, !Self.isToken(refresh) {
            return .unusable("the refresh token is malformed")
        }
        return .granted(
            TokenGrantResponse(
                accessToken: SecretString(wire.accessToken), expiresIn: life,
                refreshToken: wire.refreshToken.map { SecretString($0) },
                refreshTokenExpiresIn: wire.idleSeconds.flatMap(Self.duration),
                refreshTokenHardExpiresIn: wire.hardSeconds.flatMap(Self.duration)))
    }

    private func interpretedRefusal() -> TokenAnswer {
        guard isWhole else { return .unusable("it is not a readable refusal") }
        let wire: RefusalWire
        do {
            wire = try JSONDecoder().decode(RefusalWire.self, from: Data(body))
        } catch {
            // An HTML page of a gateway, an empty body, a cut one: not Intuit's word about the grant.
            return .unusable("it is not a readable refusal")
        }
        guard let kind = OAuthRefusal.Kind(rawValue: wire.error) else { return .unusable("its error code is unknown") }
        return .refused(
            OAuthRefusal(
                error: kind, errorDescription: wire.errorDescription, reason: wire.reason, intuitTID: intuitTID))
    }

    /// RFC 6749, appendix A: one or more visible ASCII characters.
    ///
    /// Anything else could break a header.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 16_384 && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    private static func duration(_ seconds: Int) -> Duration? {
        (1...1_000_000_000).contains(seconds) ? .seconds(seconds) : nil
    }
}

private struct GrantWire: Decodable {
    var accessToken: String
    var expiresIn: Int
    var tokenType: String?
    var refreshToken: String?
    var idleSeconds: Int?
    var hardSeconds: Int?

    enum CodingKeys: String, CodingKey {
        case accessToken = "access_token"
        case expiresIn = "expires_in"
        case tokenType = "token_type"
        case refreshToken = "refresh_token"
        case idleSeconds = "x_refresh_token_expires_in"
        case hardSeconds = "x_refresh_token_hard_expires_in"
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        accessToken = try fields.decode(String.self, forKey: .accessToken)
        expiresIn = try fields.decode(Int.self, forKey: .expiresIn)
        tokenType = try fields.decodeIfPresent(String.self, forKey: .tokenType)
        refreshToken = try fields.decodeIfPresent(String.self, forKey: .refreshToken)
        // Advice only: a malformed life time is the same as none (see interpreted()).
        idleSeconds = try? fields.decodeIfPresent(Int.self, forKey: .idleSeconds)
        hardSeconds = try? fields.decodeIfPresent(Int.self, forKey: .hardSeconds)
    }
}

private struct RefusalWire: Decodable {
    var error: String
    var errorDescription: String?
    var reason: String?

    enum CodingKeys: String, CodingKey {
        case error
        case errorDescription = "error_description"
        case reason = "x_error_reason"
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        error = try fields.decode(String.self, forKey: .error)
        // Only for showing: a malformed description doesn't change what the code says.
        errorDescription = try? fields.decodeIfPresent(String.self, forKey: .errorDescription)
        reason = try? fields.decodeIfPresent(String.self, forKey: .reason)
    }
}
