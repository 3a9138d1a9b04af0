// SPDX-License-Identifier: Apache-2.0

/// Where keys are, for passwords that are drawn on them.
struct Keyboard: Sendable {
    /// The place of a key: its row, and how far to the right it is, in quarters of a key.
    private struct Place: Sendable {
        let row: Int
        let quarters: Int
    }

    /// The direction from one key to the next.
    struct Direction: Equatable {
        let down: Int
        /// To the right, to the left or neither.
        let right: Int
    }

    private let places: [UInt32: Place]

    private init(_ rows: [(keys: String, quarters: Int)]) {
        var places: [UInt32: Place] = [:]
        for (number, row) in rows.enumerated() {
            for (column, key) in row.keys.unicodeScalars.enumerated() {
                places[key.value] = Place(row: number, quarters: row.quarters + column * 4)
            }
        }
        self.places = places
    }

    /// The keys of American, German and French keyboards, and the digits of a cash desk and of a telephone.
    static let pads = [
        Keyboard([("1234567890-=", 0), ("qwertyuiop[]", 2), ("asdfghjkl;'", 3), ("zxcvbnm,./", 5)]),
        Keyboard([("1234567890", 0), ("qwertzuiop", 2), ("asdfghjkl", 3), ("yxcvbnm", 5)]),
        Keyboard([("1234567890", 0), ("azertyuiop", 2), ("qsdfghjklm", 3), ("wxcvbn", 5)]),
        Keyboard([("789", 0), ("456", 0), ("123", 0), ("0", 0)]),
        Keyboard([("123", 0), ("456", 0), ("789", 0), (" 0", 0)]),
    ]

    /// Nil for keys that are not beside each other, and for what is no key.
    func direction(_ one: UInt32, _ other: UInt32) -> Direction? {
        guard let here = places[Self.unshifted(one)], let there = places[Self.unshifted(other)] else { return nil }
        let (down, right) = (there.row - here.row, there.quarters - here.quarters)
        guard abs(down) <= 1, abs(right) <= 4 else { return nil }
        return Direction(down: down, right: down == 0 ? right.signum() : 0)
    }

    /// Whether somebody who counts or goes along a row would write one after the other, or the same again.
    static func isStep(_ one: UInt32, _ other: UInt32) -> Bool {
        if isPlain(one), isPlain(other), abs(Int(other) - Int(one)) <= 1 { return true }
        return pads[0].direction(one, other)?.down == 0
    }

    static func isToTheRight(_ one: UInt32, _ other: UInt32) -> Bool {
        pads[0].direction(one, other) == Direction(down: 0, right: 1)
    }

    /// A small letter or a digit of ASCII.
    static func isPlain(_ scalar: UInt32) -> Bool { (48...57).contains(scalar) || (97...122).contains(scalar) }

    /// The key of a sign that is above a digit.
    private static func unshifted(_ scalar: UInt32) -> UInt32 { signs[scalar] ?? scalar }

    private static let signs = Dictionary(
        uniqueKeysWithValues: zip("!@#$%^&*()".unicodeScalars.map(\.value), "1234567890".unicodeScalars.map(\.value)))
}
