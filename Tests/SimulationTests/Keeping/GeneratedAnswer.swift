// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// An answer of the token endpoint, drawn by chance: grants, refusals, half answers, pages, noise.
struct GeneratedAnswer {
    let status: Int
    let contentType: String
    let body: [UInt8]

    init(_ random: inout SeededGenerator) {
        let draw = Int.random(in: 0..<100, using: &random)
        status =
            draw < 55
            ? 200 : [400, 401, 403, 404, 429, 500, 502, 503, 504, 301, 204].randomElement(using: &random) ?? 500
        contentType =
            ["application/json", "application/json;charset=UTF-8", "text/html", "application/xml", ""]
            .randomElement(using: &random) ?? ""
        var body = Self.text(&random)
        switch Int.random(in: 0..<10, using: &random) {
        case 0, 1: body = Array(body.prefix(Int.random(in: 0...body.count, using: &random)))
        case 2: for _ in 0..<3 { Self.damage(&body, &random) }
        case 3: body = (0..<Int.random(in: 0...300, using: &random)).map { _ in .random(in: 0...255, using: &random) }
        default: break
        }
        self.body = body
    }

    private static func text(_ random: inout SeededGenerator) -> [UInt8] {
        let others = [
            #"{"error":"invalid_client"}"#, #"{"error":"invalid_request"}"#, #"{"error":"server_error"}"#, "{}", "[]",
            "", "null", "<html><body>Service Unavailable</body></html>", #"{"error":"slow_down"}"#, #""ok""#,
            #"{"error":"invalid_grant"}"#, #"{"error":"invalid_grant","x_error_reason":"user_not_in_realm"}"#,
        ]
        if Int.random(in: 0..<5, using: &random) == 0 {
            return Array((others.randomElement(using: &random) ?? "").utf8)
        }
        var fields = [
            #""token_type":"bearer""#, #""access_token":"eyJ..\#(UInt32.random(in: 0 ... .max, using: &random))""#,
            #""expires_in":3600"#, #""refresh_token":"RT1-\#(UInt32.random(in: 0 ... .max, using: &random))""#,
            #""x_refresh_token_expires_in":8726400"#, #""x_refresh_token_hard_expires_in":157680000"#,
        ]
        let odd = [
            #""token_type":"mac""#, #""access_token":"""#, #""access_token":null"#, #""access_token":7"#,
            #""expires_in":"soon""#, #""expires_in":-1"#, #""expires_in":0"#, #""refresh_token":null"#,
            #""refresh_token":"a b""#, #""refresh_token":"""#, #""refresh_token":"Zürich""#, #""expires_in":1e99"#,
            #""x_refresh_token_expires_in":"long""#, #""access_token":"line\nbreak""#, #""extra":{"a":[1,2]}"#,
        ]
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            let place = Int.random(in: 0..<fields.count, using: &random)
            if Bool.random(using: &random) {
                fields.remove(at: place)
            } else {
                fields[place] = odd.randomElement(using: &random) ?? ""
            }
        }
        // A member that stands twice has no one meaning (RFC 8259); which of them readers take differs.
        var names: Set<Substring> = []
        fields = fields.filter { names.insert($0.prefix { $0 != ":" }).inserted }
        fields.shuffle(using: &random)
        return Array("{\(fields.joined(separator: ","))}".utf8)
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

extension GeneratedAnswer {
    /// What RFC 6749 and Intuit call a grant, judged without the client's own reader.
    var grant: (access: String, refresh: String?)? {
        guard status == 200, let fields = object, let access = fields["access_token"] as? String, isToken(access),
            let life = fields["expires_in"] as? Int, (1...1_000_000_000).contains(life)
        else { return nil }
        if let type = fields["token_type"], !(type is NSNull) {
            guard (type as? String)?.lowercased() == "bearer" else { return nil }
        }
        guard let refresh = fields["refresh_token"], !(refresh is NSNull) else { return (access, nil) }
        guard let token = refresh as? String, isToken(token) else { return nil }
        return (access, token)
    }

    private var object: [String: Any]? {
        // No JSON is no grant; why is of no matter here.
        (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any]
    }

    private func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.unicodeScalars.allSatisfy { (0x21...0x7E).contains($0.value) }
    }
}
