// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import IntuitSandbox

@Suite("JSON with exact decimals")
struct JSONValueTests {
    @Test(
        "numbers keep every digit",
        arguments: [
            ("62.10", "62.1"), ("0.1", "0.1"), ("-0.05", "-0.05"), ("99999999999.99", "99999999999.99"), ("1e2", "100"),
            ("12345678901234567890.12", "12345678901234567890.12"), ("0", "0"), ("-0", "0"), ("1.50E-1", "0.15"),
        ])
    func numbers(text: String, written: String) throws {
        let value = try JSONValue(parsing: Array(text.utf8))
        #expect(value == .number(try #require(Decimal(string: text))))
        let again = try JSONValue(parsing: value.serialized())
        #expect(again == .number(try #require(Decimal(string: written))))
    }

    @Test(
        "what is not JSON is refused",
        arguments: [
            "", "{", "[1,]", "{\"a\":}", "{'a':1}", "01", "1.", ".5", "-", "1e", "tru", "\"\u{1}\"", "\"\\x\"", "nul",
            "\"\\ud800\"", "[1] 2", "{\"a\":1,}", "\"open", "+1", "NaN", "1e999",
        ])
    func refusals(text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: Array(text.utf8)) }
    }

    @Test("text comes back as it went in, whatever is in it")
    func texts() throws {
        let texts = ["", "O'Brien \"Ltd\"", "line\nbreak\ttab\\", "Straße – 東京 🚜", "\u{1}\u{1f}"]
        for text in texts {
            let value = JSONValue.object(["a": .array([.string(text), .null, .bool(true)])])
            #expect(try JSONValue(parsing: value.serialized()) == value)
        }
        #expect(try JSONValue(parsing: Array(#""\ud83d\ude9c \u00e9\/""#.utf8)) == "🚜 é/")
    }

    @Test("bytes that are not UTF-8 are told apart from other mistakes")
    func badUTF8() {
        #expect(throws: JSONSyntaxError.invalidUTF8(byte: 1)) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
    }

    @Test("nesting without end is refused, not followed")
    func depth() {
        let deep = Array(String(repeating: "[", count: 100_000).utf8)
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: deep) }
    }

    @Test("equal objects give equal bytes")
    func order() {
        let left: JSONValue = ["b": 1, "a": 2, "c": ["z": 1, "y": 2]]
        #expect(String(decoding: left.serialized(), as: UTF8.self) == #"{"a":2,"b":1,"c":{"y":2,"z":1}}"#)
    }

    @Test(
        "cents are exact or not at all",
        arguments: [
            ("10", 1000), ("10.5", 1050), ("10.55", 1055), ("10.550", 1055), ("-0.01", -1),
            ("99999999999", 9_999_999_999_900),
        ])
    func cents(text: String, count: Int) throws {
        let amount = try #require(Decimal(string: text))
        #expect(Cents(exactly: amount) == Cents(count))
        #expect(Cents(count).decimal == amount)
    }

    @Test(
        "a third decimal and an amount beyond the largest are no cents", arguments: ["0.005", "1.001", "100000000000"])
    func noCents(text: String) throws {
        #expect(Cents(exactly: try #require(Decimal(string: text))) == nil)
    }
}
