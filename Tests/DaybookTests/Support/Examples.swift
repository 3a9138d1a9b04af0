// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

/// A transaction of store 2, with whatever matters to the test.
func transaction(_ event: CounterEvent, id: String = "T-1", currency: Currency = .usd) -> Transaction {
    Transaction(
        key: Transaction.Key(source: "test", store: StoreNumber(known: 2), id: id), date: day("2026-11-16"),
        currency: currency, event: event)
}

func dollars(_ text: String) -> Money {
    do {
        return try Money(text: text, currency: .usd)
    } catch {
        preconditionFailure("a test's own amount is wrong: \(text)")
    }
}

func day(_ text: String) -> CalendarDate {
    guard let date = CalendarDate(text: text) else { preconditionFailure("a test's own date is wrong: \(text)") }
    return date
}

func number(_ text: String) -> AccountNumber {
    guard let number = AccountNumber(text) else { preconditionFailure("a test's own number is wrong: \(text)") }
    return number
}

func role(_ code: String) -> AccountRole {
    guard let role = AccountRole(code: code) else { preconditionFailure("a test's own role is wrong: \(code)") }
    return role
}

/// Not SHA-256 and not secret: 32 bytes that depend on every byte, the same in every run.
struct MixingDigest: Digest {
    func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var seed: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { seed = (seed ^ UInt64(byte)) &* 0x100_0000_01b3 }
        var generator = SeededGenerator(seed: seed)
        return (0..<4).flatMap { _ in
            let word = generator.next()
            return (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
        }
    }
}

extension IntakeFile {
    init(_ text: String, _ format: Format) { self.init(Array(text.utf8), format: format) }

    var transactions: [Transaction] {
        rows.compactMap { row in if case .success(let balanced) = row.result { balanced.transaction } else { nil } }
    }
}
