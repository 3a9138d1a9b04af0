// SPDX-License-Identifier: Apache-2.0
import Foundation

extension RawTokenAnswer {
    /// Reads what the answer means.
    ///
    /// Pure: the same bytes always mean the same, also when they are read again from a journal.
    ///
    /// A refresh token in an answer is never lost. It is believed where Intuit may have carried the request out
    /// (status 2xx or 5xx) and the body is a JSON object that names no error; content type, spelling of the names,
    /// extra and missing members, and damage elsewhere don't matter. A page or an error answer that quotes a token
    /// grants nothing. The access token is used only from a whole object with a 2xx status. A missing
    /// `refresh_token` means "keep the old one"; then the status has to be 200. Life times are advice: where they
    /// can't be read, an hour is assumed for the access token, and nothing for the refresh token.
    public func interpreted() -> TokenAnswer {
        switch status {
        case 200...299: interpretedGrant() ?? .unusable("it is not a readable grant")
        case 400, 401: interpretedRefusal()
        case 429: .unusable("Intuit is limiting requests")
        case 500...599: interpretedGrant() ?? .unusable("Intuit's server had an error")
        default: .unusable("the status is unexpected")
        }
    }

    /// Whether the body is undamaged JSON: a refusal that was damaged on the way is not believed.
    ///
    /// `JSONDecoder` alone would let some damage pass: it repairs broken UTF-8 in silence and doesn't look into
    /// fields that aren't asked for.
    var isWhole: Bool {
        guard String(validating: body, as: UTF8.self) != nil else { return false }
        // Why it can't be read doesn't matter here, and the error may quote tokens.
        return (try? JSONSerialization.jsonObject(with: Data(body))) is [String: Any]
    }

    private func interpretedGrant() -> TokenAnswer? {
        guard let reading = GrantReading(body) else { return nil }
        let statusRemark = status == 200 ? [] : ["its status was \(status)"]
        let tokens = reading.refreshTokens.map { SecretString($0) }
        if (200...299).contains(status), let access = reading.accessToken, !reading.isRefreshTokenMalformed,
            status == 200 || !tokens.isEmpty
        {
            return .granted(
                TokenGrantResponse(
                    accessToken: SecretString(access),
                    expiresIn: reading.access.duration ?? TokenLifetime.assumedOfAccessToken,
                    refreshToken: tokens.first, otherRefreshTokens: Array(tokens.dropFirst()),
                    refreshTokenExpiresIn: reading.idle.duration, refreshTokenHardExpiresIn: reading.hard.duration,
                    remarks: statusRemark + reading.remarks))
        }
        guard let token = tokens.first else { return nil }
        return .incomplete(
            IncompleteGrant(
                refreshToken: token, otherRefreshTokens: Array(tokens.dropFirst()),
                refreshTokenExpiresIn: reading.idle.duration, refreshTokenHardExpiresIn: reading.hard.duration,
                remarks: statusRemark + reading.remarks))
    }

    private func interpretedRefusal() -> TokenAnswer {
        guard isWhole else { return .unusable("it is not a readable refusal") }
        let wire: RefusalWire
        do {
            wire = try JSONDecoder().decode(RefusalWire.self, from: Data(body))
        } catch {
            // An HTML page of a gateway, an empty body or a cut one tells nothing about the grant.
            return .unusable("it is not a readable refusal")
        }
        guard let kind = OAuthRefusal.Kind(rawValue: wire.error) else { return .unusable("its error code is unknown") }
        return .refused(
            OAuthRefusal(
                error: kind, errorDescription: wire.errorDescription, reason: wire.reason, intuitTID: intuitTID))
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
