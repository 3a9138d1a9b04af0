// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// An answer of the token endpoint, drawn by chance: grants in every odd form, refusals, half answers, pages, noise.
struct GeneratedAnswer {
    let status: Int
    let contentType: String
    let body: [UInt8]
    /// The refresh tokens in it that a reader has to find; empty when it holds none, or only quotes one.
    let refreshTokens: [String]
    /// Whether it is a grant, be it ever so odd.
    let isGrant: Bool

    /// - Parameter asked: The refresh token that was asked with, which some answers repeat.
    init(_ random: inout SeededGenerator, asked: String) {
        contentType =
            ["application/json", "application/json;charset=UTF-8", "text/html", "application/xml", ""]
            .randomElement(using: &random) ?? ""
        if Int.random(in: 0..<5, using: &random) == 0 {
            status = [200, 200, 400, 401, 403, 404, 429, 500, 502, 503, 504, 301].randomElement(using: &random) ?? 500
            body = Self.noGrant(&random)
            refreshTokens = []
            isGrant = false
            return
        }
        let draw = Int.random(in: 0..<10, using: &random)
        status = draw < 7 ? 200 : [201, 202, 203, 206, 226, 299, 500, 503].randomElement(using: &random) ?? 200
        var grant = OddGrant(&random, asked: asked)
        var bytes = grant.bytes(&random)
        switch Int.random(in: 0..<8, using: &random) {
        case 0:
            bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
            grant.isDamaged = true
        case 1:
            for _ in 0..<Int.random(in: 1...3, using: &random) { Self.damage(&bytes, &random) }
            grant.isDamaged = true
        case 2:
            bytes +=
                [[0, 0], Array("<html>".utf8), Array("}".utf8), Array(#"{"a":1}"#.utf8)].randomElement(
                    using: &random) ?? []
        case 3: bytes = [0xEF, 0xBB, 0xBF] + bytes
        case 4 where String(validating: bytes, as: UTF8.self) != nil:
            bytes =
                [0xFF, 0xFE]
                + String(decoding: bytes, as: UTF8.self).utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        default: break
        }
        body = bytes
        isGrant = true
        refreshTokens = grant.isDamaged ? grant.tokens.filter { Self.isWhole($0, in: bytes) } : grant.tokens
    }

    /// Judged without the client's own reader: the object begins as one, and the member in it is intact.
    private static func isWhole(_ token: String, in bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        // Where damage has reached the word that there was no error, a reader can't know.
        guard text.hasPrefix("{"), !text.contains("error"), !text.contains("ault\"") else { return false }
        let member = #""[Rr][Ee][Ff][Rr][Ee][Ss][Hh][_-]?[Tt][Oo][Kk][Ee][Nn]"\s*:\s*"\#(token)""#
        return text.range(of: member, options: .regularExpression) != nil
    }

    /// Refusals and pages, some of which quote a token that they don't grant.
    private static func noGrant(_ random: inout SeededGenerator) -> [UInt8] {
        let quoted = #""refresh_token":"RT1-quoted""#
        let texts = [
            #"{"error":"invalid_client"}"#, #"{"error":"invalid_request"}"#, #"{"error":"server_error"}"#, "{}", "[]",
            "", "null", "<html><body>Service Unavailable</body></html>", #"{"error":"slow_down"}"#, #""ok""#,
            #"{"error":"invalid_grant"}"#, #"{"error":"invalid_grant","x_error_reason":"user_not_in_realm"}"#,
            "{\(quoted),\"error\":\"invalid_grant\"}", "{\"error\":{\"code\":7},\(quoted)}",
            "<html><body>{\(quoted)}</body></html>", "[{\(quoted)}]", "{\"Fault\":{\(quoted)}}",
            #"{"message":"we got {\"refresh_token\":\"RT1-quoted\"} from you"}"#,
        ]
        guard Int.random(in: 0..<6, using: &random) > 0 else {
            return (0..<Int.random(in: 0...300, using: &random)).map { _ in .random(in: 0...255, using: &random) }
        }
        return Array((texts.randomElement(using: &random) ?? "").utf8)
    }

    private static func damage(_ body: inout [UInt8], _ random: inout SeededGenerator) {
        guard let place = body.indices.randomElement(using: &random) else { return }
        switch Int.random(in: 0..<3, using: &random) {
        case 0: body[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: body.remove(at: place)
        default: body.insert(.random(in: 0...255, using: &random), at: place)
        }
    }
}

/// A grant with up to three things odd about it.
private struct OddGrant {
    private(set) var tokens: [String]
    var isDamaged = false
    private var members: [(name: String, value: String)]
    private var isNested = false
    private var repeats = false
    private var extra: [UInt8] = []

    init(_ random: inout SeededGenerator, asked: String) {
        let token = "RT1-\(UInt64.random(in: 0 ... .max, using: &random))"
        tokens = [token]
        members = [
            ("token_type", #""bearer""#),
            ("access_token", #""eyJ..\#(UInt64.random(in: 0 ... .max, using: &random))""#),
            ("expires_in", "3600"), ("refresh_token", "\"\(token)\""), ("x_refresh_token_expires_in", "8726400"),
            ("x_refresh_token_hard_expires_in", "157680000"),
        ]
        for _ in 0..<Int.random(in: 0...3, using: &random) { beOdd(&random, asked: asked) }
        members.shuffle(using: &random)
    }

    private mutating func beOdd(_ random: inout SeededGenerator, asked: String) {
        let times = members.indices.filter { members[$0].name.contains("expires") }
        let others = members.indices.filter { !members[$0].value.contains("RT1-") }
        switch Int.random(in: 0..<12, using: &random) {
        case 0: for index in times { members[index].value = "\"\(members[index].value.filter { $0 != "\"" })\"" }
        case 1:
            let odd = [
                "-1", "0", "1e99", "1e400", #""soon""#, "true", "{}", "[1]", "99999999999", "3600.5", "3.6e3", "null",
            ]
            if let index = times.randomElement(using: &random) {
                members[index].value = odd.randomElement(using: &random) ?? "0"
            }
        case 2: if let index = others.randomElement(using: &random) { members.remove(at: index) }
        case 3:
            let spell: (String) -> String =
                [
                    { $0.split(separator: "_").map(\.capitalized).joined(separator: "_") }, { $0.uppercased() },
                    { $0.split(separator: "_").map(\.capitalized).joined() },
                    { $0.replacing("_", with: "-") },
                ].randomElement(using: &random) ?? { $0 }
            for index in members.indices { members[index].name = spell(members[index].name) }
        case 4:
            members.append(("extra", #"{"refresh":[1,{"b":"}]"}],"c":"\"refresh_token\":\"RT1-quoted\"","error":""}"#))
        case 5: extra = Array(#","bad":""#.utf8) + [0xC3, 0x28, 0xFF] + Array("\"".utf8)
        case 6:
            let odd = [#""""#, "null", "7", #""a b""#, #""line\nbreak""#, "[]"]
            for index in members.indices where members[index].value.hasPrefix(#""eyJ"#) {
                members[index].value = odd.randomElement(using: &random) ?? "null"
            }
        case 7:
            for index in members.indices where members[index].value == #""bearer""# { members[index].value = #""mac""# }
        case 8:
            let second = "RT1-\(UInt64.random(in: 0 ... .max, using: &random))"
            // Of three strings only two are kept, and damage can make a third of a repeated one.
            guard !repeats, tokens.count == 1 else { return }
            tokens.append(second)
            members.append(("refresh_token", "\"\(second)\""))
        case 9:
            guard !repeats, tokens.count == 1 else { return }
            repeats = true
            members.append(("refresh_token", "\"\(asked)\""))
        case 10:
            let nothing = ["null", "false", "0", "\"\"", "[]", "{}", "[ ]"].randomElement(using: &random) ?? "null"
            members.append((["error", "errors", "Fault"].randomElement(using: &random) ?? "error", nothing))
        default: isNested = true
        }
    }

    func bytes(_ random: inout SeededGenerator) -> [UInt8] {
        let space = ["", " ", "\n\t"].randomElement(using: &random) ?? ""
        let text = members.map { "\"\($0.name)\"\(space):\(space)\($0.value)" }.joined(separator: ",\(space)")
        let object = Array("{\(text)".utf8) + extra + Array("}".utf8)
        return isNested ? Array(#"{"data":"#.utf8) + object + Array("}".utf8) : object
    }
}
