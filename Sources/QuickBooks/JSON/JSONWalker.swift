// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Finds the parts of JSON without building anything: the fields of an object, the elements of an array,
/// each as a range of bytes.
///
/// A batch's answer is some fifty kilobytes of which three short strings per item matter.
struct JSONWalker {
    let bytes: [UInt8]

    /// The fields of the object in that range, in order; nil if there is none.
    func fields(in range: Range<Int>) -> [(key: String, value: Range<Int>)]? {
        var place = skippingSpace(range.lowerBound, range.upperBound)
        guard place < range.upperBound, bytes[place] == UInt8(ascii: "{") else { return nil }
        var fields: [(key: String, value: Range<Int>)] = []
        repeat {
            place = skippingSpace(place + 1, range.upperBound)
            if fields.isEmpty, place < range.upperBound, bytes[place] == UInt8(ascii: "}") { return fields }
            guard let keyEnd = endOfValue(place, range.upperBound), let key = string(in: place..<keyEnd) else {
                return nil
            }
            place = skippingSpace(keyEnd, range.upperBound)
            guard place < range.upperBound, bytes[place] == UInt8(ascii: ":") else { return nil }
            let start = skippingSpace(place + 1, range.upperBound)
            guard let end = endOfValue(start, range.upperBound) else { return nil }
            fields.append((key, start..<end))
            place = skippingSpace(end, range.upperBound)
        } while place < range.upperBound && bytes[place] == UInt8(ascii: ",")
        return place < range.upperBound && bytes[place] == UInt8(ascii: "}") ? fields : nil
    }

    /// The elements of the array in that range, in order; nil if there is none.
    func elements(in range: Range<Int>) -> [Range<Int>]? {
        var place = skippingSpace(range.lowerBound, range.upperBound)
        guard place < range.upperBound, bytes[place] == UInt8(ascii: "[") else { return nil }
        var elements: [Range<Int>] = []
        repeat {
            let start = skippingSpace(place + 1, range.upperBound)
            if elements.isEmpty, start < range.upperBound, bytes[start] == UInt8(ascii: "]") { return elements }
            guard let end = endOfValue(start, range.upperBound) else { return nil }
            elements.append(start..<end)
            place = skippingSpace(end, range.upperBound)
        } while place < range.upperBound && bytes[place] == UInt8(ascii: ",")
        return place < range.upperBound && bytes[place] == UInt8(ascii: "]") ? elements : nil
    }

    /// The string in that range; nil if it is something else.
    func string(in range: Range<Int>) -> String? {
        guard range.count >= 2, bytes[range.lowerBound] == UInt8(ascii: "\"") else { return nil }
        let content = bytes[(range.lowerBound + 1)..<(range.upperBound - 1)]
        if !content.contains(UInt8(ascii: "\\")) { return String(decoding: content, as: UTF8.self) }
        // Escapes are rare here, and Foundation knows them all. Nil when it is not a string.
        return try? JSONDecoder().decode(String.self, from: Data(bytes[range]))
    }

    /// The place after the value that starts here; nil if it doesn't end.
    private func endOfValue(_ start: Int, _ limit: Int) -> Int? {
        bytes.withUnsafeBufferPointer { Self.endOfValue(start, limit, in: $0) }
    }

    private static func endOfValue(_ start: Int, _ limit: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var depth = 0
        var place = start
        while place < limit {
            switch bytes[place] {
            case UInt8(ascii: "\""):
                guard let end = endOfString(place, limit, in: bytes) else { return nil }
                place = end
                if depth == 0 { return place }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return place > start ? place : nil }
                depth -= 1
                if depth == 0 { return place + 1 }
            case UInt8(ascii: ","):
                if depth == 0 { return place > start ? place : nil }
            default: break
            }
            place += 1
        }
        return nil
    }

    private static func endOfString(_ start: Int, _ limit: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var place = start + 1
        while place < limit {
            switch bytes[place] {
            case UInt8(ascii: "\\"): place += 2
            case UInt8(ascii: "\""): return place + 1
            default: place += 1
            }
        }
        return nil
    }

    private func skippingSpace(_ start: Int, _ limit: Int) -> Int {
        var place = start
        while place < limit, bytes[place].isASCIIWhitespace { place += 1 }
        return place
    }
}
