// SPDX-License-Identifier: Apache-2.0
@testable import Daybook
import DaybookStorage
import Foundation

extension FuzzTarget {
    /// Amounts and days: what is read is written and read again as the same value.
    static let values = FuzzTarget(name: "values") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        for code in ["USD", "JPY"] {
            guard let currency = Currency(code: code) else { throw BrokenPromise(description: "no \(code)") }
            if let money = try? Money(text: text, currency: currency) {
                let again = try Money(text: money.text, currency: currency)
                try promise(again == money, "\(money.text) reads as \(again.text)")
            }
        }
        if let date = CalendarDate(text: text) {
            try promise(date.text == text, "\(text) is written \(date.text)")
            try promise(CalendarDate(daysSinceEpoch: date.daysSinceEpoch) == date, "\(text) has another number of days")
        }
    }

    /// A cursor leads only where it says, in its own list alone, and one that is refused is shown without control
    /// characters.
    static let exportCursor = FuzzTarget(name: "export-cursor") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        for filter in [ExportFilter(), ExportFilter(search: "rent")] {
            do {
                let place = try ExportCursor.place(in: text, of: filter)
                try promise(ExportCursor(place, in: filter)?.text == text, "another text for the same place")
            } catch let refusal as ExportCursorRefused {
                let isPlain = refusal.message.unicodeScalars.allSatisfy { $0.value > 31 && $0.value != 127 }
                try promise(isPlain && refusal.message.count < 400, "words: \(refusal.message)")
            }
        }
    }

    /// A code is one of three steps, and of none that was taken before.
    static let oneTimeCode = FuzzTarget(name: "one-time-code") { bytes in
        let codes = OneTimeCode(mac: SystemMessageAuthentication())
        let seed = Array("12345678901234567890".utf8)
        let (last, rest) = numbered(bytes, standard: 0)
        let code = String(decoding: rest, as: UTF8.self)
        guard let step = codes.step(of: code, seed: seed, near: 1, after: Int64(last)) else { return }
        try promise(step > Int64(last) && (0...2).contains(step), "step \(step) after \(last)")
        let digits = code.filter { !$0.isWhitespace }
        try promise(
            codes.code(seed: seed, step: step).utf8.elementsEqual(digits.utf8), "\(code) is not of step \(step)")
    }

    /// An address or a range is written in one way, and read as the same again.
    static let addresses = FuzzTarget(name: "addresses") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        if let address = IPAddress(text) {
            try promise(IPAddress(address.description) == address, "\(text) is written \(address)")
        }
        if let range = AddressRange(text) {
            try promise(AddressRange(range.description) == range, "\(text) is written \(range)")
            try promise(range.contains(range.first), "\(range) is not in itself")
        }
    }
}
