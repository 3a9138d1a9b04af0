// SPDX-License-Identifier: Apache-2.0
import Testing

/// A parser of what comes from outside, and what is true of it whatever it is given.
struct FuzzTarget: Sendable, CustomTestStringConvertible {
    /// The name of its folder in Corpus, and in `make fuzz ARGS=…`.
    let name: String
    /// How many changed inputs `make test` tries.
    var mutations = 130
    /// - Throws: ``BrokenPromise``, or an error that the parser does not promise.
    let check: @Sendable ([UInt8]) throws -> Void

    var testDescription: String { name }

    static let all: [FuzzTarget] = [
        .csv, .json, .ndjson, .table, .ledger, .values, .exportCursor, .oneTimeCode, .addresses, .notifiers,
        .webhookSignature,
        .form, .multipart, .cookies, .cookieHeader, .gzip, .places, .settingsFile, .settingsEnvironment,
        .tokenAnswer, .redirect, .discovery, .callOutcome, .batchAnswer, .journalEntry, .report,
        .tokenJournal, .sealedValue, .keyText, .passwordHash, .backup,
    ]
}

/// Something that is always true was not.
struct BrokenPromise: Error, CustomStringConvertible {
    let description: String
}

/// - Throws: ``BrokenPromise`` unless it holds.
func promise(_ holds: Bool, _ words: @autoclosure () -> String) throws {
    guard holds else { throw BrokenPromise(description: words()) }
}

/// A number that depends on all bytes, by which a target chooses what the input itself does not say.
func choice(_ bytes: [UInt8], below count: Int) -> Int {
    let sum = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return Int(sum % UInt64(count))
}

/// The first line as a number, and the bytes after it.
func numbered(_ bytes: [UInt8], standard: Int) -> (number: Int, rest: [UInt8]) {
    guard let end = bytes.prefix(6).firstIndex(of: 10),
        let number = Int(String(decoding: bytes[..<end], as: UTF8.self))
    else { return (standard, bytes) }
    return (number, Array(bytes[(end + 1)...]))
}
