// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What an answer holds of a grant, however odd it is otherwise.
///
/// Pure. Judges neither the status nor what to do with the tokens.
struct GrantReading {
    /// The likeliest first; empty when the answer holds nothing that can be a refresh token.
    let refreshTokens: [String]
    /// Whether a refresh token is there that can't be one: empty, with spaces, or no text.
    let isRefreshTokenMalformed: Bool
    /// Nil when there is none, when its text can't be a token, or when the answer is damaged: the API would refuse a
    /// damaged access token as if the grant were bad, while a damaged refresh token is only tried.
    let accessToken: String?
    let access: TokenLifetime
    let idle: TokenLifetime
    let hard: TokenLifetime
    private let oddities: [String]

    /// Nil when the answer is no JSON object, or names an error without being a whole grant.
    init?(_ body: [UInt8]) {
        let (body, hasMark) = Self.withoutMark(body)
        guard let reading = AnswerMembers(body) else { return nil }
        let own = reading.members.filter { $0.depth == 1 }
        let saysError = own.contains(where: \.saysError)
        let isWhole = reading.object.map { Self.isWhole(body[$0]) } ?? false
        let tokens = RefreshTokens(reading, own, isWhole: isWhole, body)
        refreshTokens = tokens.all
        isRefreshTokenMalformed = tokens.isMalformed
        let accessTokens = Set(own.values("access_token").map(\.token))
        let isBearer = own.values("token_type").allSatisfy(\.isBearer)
        let only = accessTokens.count == 1 ? accessTokens.first ?? nil : nil
        accessToken = isWhole && isBearer ? only : nil
        // A refusal that quotes our request holds no access token.
        guard !saysError || (accessToken != nil && !tokens.all.isEmpty) else { return nil }
        access = TokenLifetime(own.values("expires_in").last)
        idle = TokenLifetime(own.values("x_refresh_token_expires_in").last)
        hard = TokenLifetime(own.values("x_refresh_token_hard_expires_in").last)
        let rest = body.dropFirst(reading.object?.upperBound ?? body.count)
        let remarks: [(applies: Bool, text: String)] = [
            (hasMark, "it began with a byte order mark"), (!isWhole, "it was cut or damaged"),
            (rest.contains { $0 > 0x20 }, "something followed its end"), (!isBearer, "its token type is not bearer"),
            (isWhole && isBearer && accessTokens.isEmpty, "it held no access token"),
            (isWhole && isBearer && !accessTokens.isEmpty && only == nil, "its access token can't be used"),
            (saysError, "it named an error beside the tokens"),
            (tokens.isMisspelled, "the refresh token stood under another name"),
            (tokens.all.count > 1, "it held several refresh tokens"),
        ]
        oddities = remarks.filter(\.applies).map(\.text)
    }

    /// What was unusual, and what is assumed for it.
    var remarks: [String] {
        let times = [access, idle, hard]
        let isText = times.contains { if case .toldAsText = $0 { true } else { false } }
        var all = oddities
        if isText { all.append("a life time came as text") }
        if accessToken != nil, access.duration == nil {
            all.append("expires_in was \(access == .missing ? "missing" : "not to be believed"); an hour is assumed")
        }
        if idle == .absurd || hard == .absurd { all.append("the refresh token's life time can't be read") }
        return all
    }

    /// RFC 8259 lets readers ignore the byte order mark; UTF-16 is recognized by it and read too.
    private static func withoutMark(_ body: [UInt8]) -> (body: [UInt8], hasMark: Bool) {
        if body.starts(with: [0xEF, 0xBB, 0xBF]) { return (Array(body.dropFirst(3)), true) }
        guard body.starts(with: [0xFE, 0xFF]) || body.starts(with: [0xFF, 0xFE]) else { return (body, false) }
        let isBig = body[0] == 0xFE
        let units = stride(from: 2, to: body.count - 1, by: 2).map { index in
            UInt16(body[isBig ? index : index + 1]) << 8 | UInt16(body[isBig ? index + 1 : index])
        }
        return (Array(String(decoding: units, as: UTF16.self).utf8), true)
    }

    private static func isWhole(_ object: ArraySlice<UInt8>) -> Bool {
        guard String(validating: object, as: UTF8.self) != nil else { return false }
        // Why it can't be read doesn't matter here, and the error may quote tokens.
        return (try? JSONSerialization.jsonObject(with: Data(object))) is [String: Any]
    }
}

/// The refresh tokens anywhere in an answer.
private struct RefreshTokens {
    let all: [String]
    let isMalformed: Bool
    let isMisspelled: Bool

    init(_ reading: AnswerMembers, _ own: [AnswerMember], isWhole: Bool, _ body: [UInt8]) {
        let places = own.filter { $0.foldedName == AnswerMember.folded("refresh_token") && $0.value != .bare("null") }
        // Readers differ over a repeated member; most take the last.
        let exact = places.filter { $0.name == "refresh_token" }.reversed()
        let ordered = exact + places.filter { $0.name != "refresh_token" }.reversed()
        var tokens = ordered.compactMap(\.value.token)
        isMalformed = tokens.isEmpty && !places.isEmpty
        if !reading.members.contains(where: \.saysError) {
            let within = reading.members.filter { $0.depth > 1 }.values("refresh_token").compactMap(\.token)
            if tokens.isEmpty { tokens = within.reversed() }
            // Damage may have shifted what is a name and what a value.
            if !isWhole {
                tokens += AnswerMembers.texts(named: AnswerMember.folded("refresh_token"), anywhereIn: body)
                    .filter(\.isToken)
            }
        }
        isMisspelled = exact.isEmpty && !tokens.isEmpty
        all = tokens.reduce(into: []) { kept, token in if !kept.contains(token) { kept.append(token) } }
    }
}

extension [AnswerMember] {
    fileprivate func values(_ name: String) -> [AnswerMember.Value] {
        let folded = AnswerMember.folded(name)
        return filter { $0.foldedName == folded && $0.value != .bare("null") }.map(\.value)
    }
}

extension AnswerMember {
    /// RFC 6749's `error`, and Intuit's `Fault`; null, false, 0 and anything empty say that there was none.
    fileprivate var saysError: Bool {
        guard ["error", "errors", "fault"].contains(foldedName) else { return false }
        return ![.bare("null"), .bare("false"), .bare("0"), .text(""), .composite(isEmpty: true)].contains(value)
    }
}

extension AnswerMember.Value {
    fileprivate var token: String? {
        if case .text(let text) = self, text.isToken { text } else { nil }
    }

    fileprivate var isBearer: Bool {
        if case .text(let text) = self { text.lowercased() == "bearer" } else { false }
    }
}

extension String {
    /// RFC 6749, appendix A: one or more visible ASCII characters.
    ///
    /// Anything else could break a header.
    fileprivate var isToken: Bool {
        !isEmpty && utf8.count <= 16_384 && utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
