// SPDX-License-Identifier: Apache-2.0
import Foundation
import IntuitOAuth
import Testing

/// Cut, garbled and invented answers. The judge here reads JSON another way than the library does.
@Suite("Generated answers of the token endpoint")
struct GeneratedTokenAnswerTests {
    @Test("40,000 answers: granted only for a valid grant, refused only for a definite error", arguments: [1, 2, 3, 4])
    func generated(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var granted = 0
        var refused = 0
        var incomplete = 0
        for round in 0..<10_000 {
            let answer = Self.answer(&generator)
            let body = String(decoding: answer.body, as: UTF8.self)
            switch answer.interpreted() {
            case .granted(let grant):
                granted += 1
                guard Self.isValidGrant(answer, as: grant) else {
                    Issue.record("seed \(seed), round \(round): granted by \(answer.status) \(body.debugDescription)")
                    return
                }
            case .refused(let refusal):
                refused += 1
                let error = Self.fields(answer.body)?["error"] as? String
                guard [400, 401].contains(answer.status), error == refusal.error.rawValue else {
                    Issue.record("seed \(seed), round \(round): refused by \(answer.status) \(body.debugDescription)")
                    return
                }
            case .incomplete(let grant):
                incomplete += 1
                guard Self.mayGrant(answer, body), body.contains("\"\(grant.refreshToken.reveal)\"") else {
                    Issue.record("seed \(seed), round \(round): kept from \(answer.status) \(body.debugDescription)")
                    return
                }
            case .unusable:
                guard !Self.isUntouchedGrant(answer) else {
                    Issue.record("seed \(seed), round \(round): a valid grant was lost: \(body)")
                    return
                }
            }
        }
        // Otherwise the generator proves nothing.
        #expect(granted > 200 && refused > 200 && incomplete > 200)
    }

    private static func answer(_ generator: inout SeededGenerator) -> RawTokenAnswer {
        let statuses = [200, 200, 200, 200, 201, 302, 400, 400, 400, 401, 403, 429, 500, 502, 503, 504]
        let status = statuses.randomElement(using: &generator)
        var body = Array(template(&generator).utf8)
        switch Int.random(in: 0..<8, using: &generator) {
        case 0 where !body.isEmpty: body = Array(body.prefix(Int.random(in: 0..<body.count, using: &generator)))
        case 1 where !body.isEmpty:
            body[Int.random(in: 0..<body.count, using: &generator)] = UInt8.random(in: .min ... .max, using: &generator)
        case 2: body.append(contentsOf: Array("}<html>".utf8.prefix(Int.random(in: 1...6, using: &generator))))
        case 3 where body.count > 4: body.removeSubrange(2..<Int.random(in: 3..<body.count, using: &generator))
        default: break
        }
        return RawTokenAnswer(status: status ?? 200, body: body)
    }

    private static func template(_ generator: inout SeededGenerator) -> String {
        let odd = [
            "\"\"", "null", "true", "3600", "\"3600\"", "-1", "{}", "[]", "1.5", "\"a b\"", "\"t\\u0000\"", "\"ok\"",
        ]
        func field(_ name: String, _ good: String) -> String? {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0: return nil
            case 1: return "\"\(name)\":\(odd.randomElement(using: &generator) ?? "0")"
            default: return "\"\(name)\":\(good)"
            }
        }
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: return "<html><body>Service Unavailable</body></html>"
        case 1, 2:
            let kinds = OAuthRefusal.Kind.allCases.map(\.rawValue) + ["temporarily_unavailable", ""]
            let kind = kinds.randomElement(using: &generator) ?? ""
            return "{"
                + [field("error", "\"\(kind)\""), field("error_description", "\"x\"")].compactMap(\.self)
                .joined(separator: ",") + "}"
        default:
            let number = UInt32.random(in: 0...9_999, using: &generator)
            let fields = [
                field("access_token", "\"eyJ.\(number)\""), field("expires_in", "3600"),
                field("refresh_token", "\"RT1-\(number)\""), field("token_type", "\"bearer\""),
                field("x_refresh_token_expires_in", "8726400"),
            ]
            return "{" + fields.compactMap(\.self).shuffled(using: &generator).joined(separator: ",") + "}"
        }
    }

    private static func fields(_ body: [UInt8]) -> [String: Any]? {
        // What can't be read isn't an object; that is the answer sought here.
        (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any]
    }

    private static func isValidGrant(_ answer: RawTokenAnswer, as grant: TokenGrantResponse) -> Bool {
        guard (200...201).contains(answer.status), let fields = firstObject(answer.body) else { return false }
        guard let access = fields["access_token"] as? String, isToken(access), access == grant.accessToken.reveal
        else { return false }
        let told = (fields["expires_in"] as? NSNumber)?.intValue ?? Int(fields["expires_in"] as? String ?? "") ?? 0
        let isTold = told > 0 && grant.expiresIn == .seconds(told)
        guard isTold || grant.remarks.contains(where: { $0.contains("an hour is assumed") }) || told == 1 else {
            return false
        }
        guard let refresh = fields["refresh_token"], !(refresh is NSNull) else { return grant.refreshToken == nil }
        return (refresh as? String).map { isToken($0) && $0 == grant.refreshToken?.reveal } ?? false
    }

    /// What Intuit may have granted: not where it says that it did nothing, nor on a page or in an error.
    private static func mayGrant(_ answer: RawTokenAnswer, _ body: String) -> Bool {
        ((200..<300).contains(answer.status) || answer.status >= 500) && body.hasPrefix("{")
            && !body.contains("\"error\":\"i")
    }

    /// The answer, without what follows its end.
    private static func firstObject(_ body: [UInt8]) -> [String: Any]? {
        if let whole = fields(body) { return whole }
        return body.indices.filter { body[$0] == UInt8(ascii: "}") }.lazy
            .compactMap { fields(Array(body.prefix($0 + 1))) }.first
    }

    private static func isUntouchedGrant(_ answer: RawTokenAnswer) -> Bool {
        guard (200..<300).contains(answer.status) || answer.status >= 500, let fields = fields(answer.body) else {
            return false
        }
        guard let access = fields["access_token"] as? String, access.hasPrefix("eyJ."), isToken(access)
        else { return false }
        guard let refresh = fields["refresh_token"] as? String, refresh.hasPrefix("RT1-"), isToken(refresh)
        else { return false }
        return true
    }

    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value < 0x7F }
    }
}
