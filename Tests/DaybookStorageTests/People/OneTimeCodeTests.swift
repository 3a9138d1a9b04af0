// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import Testing

@Suite("Codes of authenticator apps")
struct OneTimeCodeTests {
    private let codes = OneTimeCode(mac: SystemMessageAuthentication())
    private let seed = Array("12345678901234567890".utf8)

    /// RFC 6238, appendix B, for SHA-1; of eight digits the last six.
    private static let fromRFC: [(seconds: Double, code: String)] = [
        (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
        (2_000_000_000, "279037"), (20_000_000_000, "353130"),
    ]

    @Test("the code is the RFC's", arguments: fromRFC)
    func vectors(_ seconds: Double, _ code: String) {
        let step = OneTimeCode.step(at: Date(timeIntervalSince1970: seconds))
        #expect(codes.code(seed: seed, step: step) == code)
        #expect(codes.step(of: code, seed: seed, near: step, after: -1) == step)
    }

    @Test("the code before and the next one are known, and none further away", arguments: [-2, -1, 0, 1, 2])
    func neighbours(_ steps: Int64) {
        let present = OneTimeCode.step(at: morning)
        let code = codes.code(seed: seed, step: present + steps)
        let found = codes.step(of: code, seed: seed, near: present, after: -1)
        #expect(found == (abs(steps) < 2 ? present + steps : nil))
    }

    @Test("a code is known once, and none before it afterwards")
    func once() {
        let present = OneTimeCode.step(at: morning)
        let (before, now, next) = (present - 1, present, present + 1)
        for (last, step, isTaken) in [
            (before, now, true), (now, now, false), (now, before, false), (now, next, true), (next, now, false),
        ] {
            let code = codes.code(seed: seed, step: step)
            #expect((codes.step(of: code, seed: seed, near: present, after: last) != nil) == isTaken)
        }
    }

    @Test(
        "spaces don't matter; other texts are no code",
        arguments: [
            ("287082", true), ("287 082", true), (" 287082\n", true), ("", false), ("28708", false), ("2870820", false),
            ("287083", false), ("187082", false), ("abcdef", false), ("２８７０８２", false),
        ])
    func typed(_ code: String, _ isTaken: Bool) {
        #expect((codes.step(of: code, seed: seed, near: 1, after: -1) == 1) == isTaken)
    }
}
