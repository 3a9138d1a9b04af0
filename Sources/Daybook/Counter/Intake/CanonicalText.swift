// SPDX-License-Identifier: Apache-2.0

/// Writes JSON as bytes, its members in the order they are given.
struct CanonicalText {
    private(set) var bytes: [UInt8] = []
    private var isFirst = true

    mutating func text(_ name: String, _ value: String?) {
        guard let value else { return }
        begin(name)
        string(value)
    }

    /// A number or a flag, which has no quotes.
    mutating func plain(_ name: String, _ value: String) {
        begin(name)
        bytes.append(contentsOf: value.utf8)
    }

    mutating func object(_ name: String? = nil, _ members: (inout CanonicalText) -> Void) {
        if let name { begin(name) } else { separate() }
        bytes.append(UInt8(ascii: "{"))
        isFirst = true
        members(&self)
        bytes.append(UInt8(ascii: "}"))
        isFirst = false
    }

    /// An empty list is left out.
    mutating func list<Item>(_ name: String, _ items: [Item], _ members: (Item, inout CanonicalText) -> Void) {
        guard !items.isEmpty else { return }
        begin(name)
        bytes.append(UInt8(ascii: "["))
        isFirst = true
        for item in items { object { members(item, &$0) } }
        bytes.append(UInt8(ascii: "]"))
        isFirst = false
    }

    private mutating func begin(_ name: String) {
        separate()
        string(name)
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func separate() {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
    }

    private mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        let needsEscapes = text.utf8.contains { $0 < 32 || $0 == 34 || $0 == 92 }
        if needsEscapes { for byte in text.utf8 { escape(byte) } } else { bytes.append(contentsOf: text.utf8) }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case 34, 92: bytes += [92, byte]
        case 8: bytes += [92, UInt8(ascii: "b")]
        case 9: bytes += [92, UInt8(ascii: "t")]
        case 10: bytes += [92, UInt8(ascii: "n")]
        case 12: bytes += [92, UInt8(ascii: "f")]
        case 13: bytes += [92, UInt8(ascii: "r")]
        case ..<32:
            let digits = Array("0123456789abcdef".utf8)
            bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        default: bytes.append(byte)
        }
    }
}
