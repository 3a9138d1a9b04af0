// SPDX-License-Identifier: Apache-2.0

extension FixedWidthInteger {
    /// Reads decimal digits, and nothing besides them: `Int("+80")` is 80, and `Int(digits: "+80")` is nil.
    package init?(digits text: some StringProtocol) {
        guard text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        self.init(text)
    }
}
