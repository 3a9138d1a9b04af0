// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("The search for secrets", .timeLimit(.minutes(1)))
struct SieveTests {
    private static let controls =
        Canary.Kind.allCases.map { Canary.made($0, "control") } + [
            Canary(kind: .control, name: "control", value: "a+b/c=d&e<f>\"g'h i")
        ]

    @Test("finds each kind in each spelling, in the middle of other bytes", arguments: Spelling.allCases)
    func found(_ spelling: Spelling) {
        let sieve = Sieve(Self.controls)
        for control in Self.controls {
            for piece in control.pieces {
                let hay = [0, 255, 10] + spelling.bytes(of: piece) + [0, 37, 65]
                // One spelling may look like another, such as raw and URL-encoded letters.
                #expect(sieve.catches(in: hay).contains { $0.canary == control }, "\(control.kind)")
            }
        }
    }

    @Test("finds what base64, hex and URL encoding made of a text with the secret in it", arguments: 0..<6)
    func encoded(before: Int) {
        for control in Self.controls {
            let sieve = Sieve([control])
            let text = String(repeating: "x", count: before) + control.value + String(repeating: "y", count: 5 - before)
            let base64 = Data(text.utf8).base64EncodedString()
            let encoded = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            let hex = text.utf8.map { String(format: "%02x", $0) }.joined()
            let written = [
                text, base64, base64.replacing("+", with: "-").replacing("/", with: "_"), encoded, hex,
                hex.uppercased(), text.utf8.map { String(format: "%%%02X", $0) }.joined(),
            ]
            for (index, text) in written.enumerated() {
                #expect(!sieve.catches(in: Array(text.utf8)).isEmpty, "\(control.kind), writing \(index)")
            }
        }
    }

    @Test("finds nothing where nothing is, and nothing of a secret that lacks its last character")
    func absent() {
        let control = Canary.made(.refreshToken, "control")
        let sieve = Sieve([control])
        #expect(sieve.catches(in: []).isEmpty)
        #expect(sieve.catches(in: Array(control.value.dropLast().utf8)).isEmpty)
        #expect(sieve.catches(in: Array(Canary.made(.refreshToken, "other").value.utf8)).isEmpty)
    }
}
