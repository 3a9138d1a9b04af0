// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import HTTPTransport
import HTTPTypes

extension Plot {
    /// Takes down every secret that went over the wire between Daybook and Intuit.
    func learnFromTheWire() {
        for exchange in between.passed {
            learn(fromRequest: exchange.request)
            learn(fromAnswer: exchange.answer.body)
        }
    }

    private func learn(fromRequest request: TransportRequest) {
        let authorization = request.head.headerFields[.authorization] ?? ""
        if authorization.hasPrefix("Bearer ") {
            hoard.learn(.accessToken, "sent to QuickBooks", String(authorization.dropFirst(7)))
        }
        if authorization.hasPrefix("Basic "), let pair = Data(base64Encoded: String(authorization.dropFirst(6))),
            let secret = String(decoding: pair, as: UTF8.self).split(separator: ":").last
        {
            hoard.learn(.clientSecret, "sent to Intuit", String(secret))
        }
        let kinds: [(field: String, kind: Canary.Kind)] = [("refresh_token", .refreshToken), ("code", .code)]
        guard request.head.path?.contains("/tokens/bearer") == true else { return }
        let form = URLComponents(string: "?" + String(decoding: request.body, as: UTF8.self))
        for item in form?.queryItems ?? [] {
            guard let kind = kinds.first(where: { $0.field == item.name })?.kind, let value = item.value else {
                continue
            }
            hoard.learn(kind, "sent to Intuit", value)
        }
    }

    private func learn(fromAnswer body: [UInt8]) {
        let kinds: [(member: String, kind: Canary.Kind)] = [
            ("access_token", .accessToken), ("refresh_token", .refreshToken),
        ]
        // Most answers are none of the token endpoint's.
        guard let object = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] else { return }
        for (member, kind) in kinds {
            guard let value = object[member] as? String, value.count >= 20 else { continue }
            hoard.learn(kind, "granted by Intuit", value)
        }
    }
}
