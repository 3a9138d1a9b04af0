// SPDX-License-Identifier: Apache-2.0
import Daybook
import Testing

@Suite("Secrets in the wrong place")
struct SecretShapeTests {
    static let secrets = [
        "RT1-27-H0-1893456000abcdefghijklmnopqrst", "AB111893456000abcdefghijklmnopqrstuvwxyzABCDEFGHIJ",
        "XAB11893456000abcdefghijklmnopqrstuvwxyzABCDEFGHIJ", "eyJlbmMiOiJBMTI4Q0JDLUhTMjU2IiwiYWxnIjoiZGlyIn0..a.b.c",
        "abcdefghijklmnopqrstABCDEFGHIJKLMNOPQRST", "dbwh_abcdefghij",
        "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
        " RT1-27-H0-1893456000abcdefghijklmnopqrst \n",
    ]

    @Test("are known by their shape, and no more than four characters of one are shown", arguments: secrets)
    func known(_ secret: String) {
        #expect(SecretShape(of: secret) != nil)
        #expect(SecretShape.shown(secret).count == 5 && SecretShape.shown(secret).hasSuffix("…"))
    }

    @Test(
        "what is no secret is shown as it is",
        arguments: [
            "", "ABsandboxDevelopmentKeys00000000000000000000000000", "9341453908059321", "pat@example.com", "12,50",
            "elite/1/INV-20261116-0001", "production", "AB11", "new",
        ])
    func harmless(_ text: String) {
        #expect(SecretShape(of: text) == nil)
        #expect(SecretShape.shown(text) == text)
    }

    @Test("a mail address, a value of a transaction and an app's environment are not repeated", arguments: secrets)
    func notRepeated(_ secret: String) {
        let secret = secret.filter { !$0.isWhitespace }
        let middle = secret.dropFirst(6)
        #expect(throws: AddressRefused.self) { try EmailAddress(secret) }
        do { _ = try EmailAddress(secret) } catch { #expect(!"\(error)".contains(middle)) }
        let problem = IntakeProblem(line: 3, field: "amount", value: secret, remedy: "write digits")
        #expect(!problem.message.contains(middle) && problem.message.contains("…"))
    }
}
