// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Finds out whether the lines of an audit trail are those that were written.
///
/// Each line's digest is made of the line and of the digest before it.
///
/// The lines are taken one by one, in the order in which they are stored.
package struct AuditChain {
    /// Where and how the trail is not what was written.
    package enum Finding: Hashable, Sendable {
        /// The line is another one than was written, or its digest is.
        case changed(serial: Int64)
        /// Lines that are not there.
        case missing(ClosedRange<Int64>)
        /// A part of the line is sealed, so it can't be checked without the data key.
        case sealed(serial: Int64)
        /// The line that the anchor names is there, but is another one.
        case replaced(serial: Int64)
    }

    private let digest: any Digest
    private var last: AuditEntry?
    private let anchor: AuditAnchor?
    package private(set) var findings: [Finding] = []
    /// How many lines were taken.
    package private(set) var count = 0

    /// - Parameter anchor: What was written down of the trail earlier, elsewhere; only the anchor shows that lines were
    ///   taken away at the end, or that the whole trail was written anew.
    package init(_ digest: any Digest, anchor: AuditAnchor? = nil) {
        self.digest = digest
        self.anchor = anchor
    }

    package mutating func take(_ entry: AuditEntry) {
        count += 1
        let expected = (last?.serial ?? 0) + 1
        if entry.serial > expected { findings.append(.missing(expected...(entry.serial - 1))) }
        // After a gap the digest before it is missing, so this one can't be checked.
        if entry.serial == expected, !isAsWritten(entry) {
            findings.append(entry.isSealed ? .sealed(serial: entry.serial) : .changed(serial: entry.serial))
        }
        if let anchor, anchor.serial == entry.serial, anchor.digest != entry.digest {
            findings.append(.replaced(serial: entry.serial))
        }
        last = entry
    }

    /// A line of the first version was written without the number of a request, which its digest would not seal.
    private func isAsWritten(_ entry: AuditEntry) -> Bool {
        guard entry.version == .withRequest || entry.request == nil else { return false }
        return entry.digest == AuditDigest.digest(of: entry, after: last?.digest, digest)
    }

    package mutating func end() {
        let end = last?.serial ?? 0
        if let anchor, anchor.serial > end { findings.append(.missing(end + 1...anchor.serial)) }
    }

    /// To be written down elsewhere; nil for an empty trail.
    package var newAnchor: AuditAnchor? { last.map { AuditAnchor(serial: $0.serial, digest: $0.digest) } }
}

/// The last line of a trail at some moment, to be kept outside of the database.
package struct AuditAnchor: Hashable, Sendable {
    package let serial: Int64
    package let digest: [UInt8]

    package init(serial: Int64, digest: [UInt8]) {
        self.serial = serial
        self.digest = digest
    }

    /// As it is written down: `1047:9f86d081…`.
    package var text: String { "\(serial):" + digest.map { String(hexOf: $0) }.joined() }

    /// Nil for a text that is no anchor.
    package init?(text: String) {
        let parts = text.trimmingCharacters(in: .whitespacesAndNewlines).split(separator: ":")
        guard parts.count == 2, let serial = Int64(parts[0]), serial > 0, parts[1].utf8.count == 64 else { return nil }
        let digits = Array(parts[1].utf8)
        var digest: [UInt8] = []
        for place in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[place...place + 1], as: UTF8.self), radix: 16) else {
                return nil
            }
            digest.append(byte)
        }
        self.init(serial: serial, digest: digest)
        // Numbers may have signs that this text never has.
        guard self.text == parts.joined(separator: ":").lowercased() else { return nil }
    }
}

extension String {
    fileprivate init(hexOf byte: UInt8) {
        let digits = String(byte, radix: 16)
        self = digits.count == 1 ? "0" + digits : digits
    }
}

/// The digest of a line.
package enum AuditDigest {
    /// What of a line is sealed.
    ///
    /// A line keeps the version that it was written with.
    package enum Version: Int64, CaseIterable, Sendable {
        /// All but the number of the request, which lines did not have.
        case first = 1
        case withRequest = 2
    }

    /// SHA-256 of the digest before it (nothing for the first line) and of all that the line says, each with its length, so that
    /// no two lines give the same bytes.
    package static func digest(of entry: AuditEntry, after previous: [UInt8]?, _ digest: any Digest) -> [UInt8] {
        var bytes = previous ?? []
        let milliseconds = Int64((entry.at.timeIntervalSince1970 * 1_000).rounded())
        var parts: [String?] = [
            String(entry.serial), String(milliseconds), entry.actor.kind.rawValue, entry.actor.id.map { String($0) },
            entry.actor.name, entry.actor.source, entry.act, entry.change.object, entry.change.before,
            entry.change.after,
        ]
        if entry.version != .first { parts += [entry.request, "version \(entry.version.rawValue)"] }
        for part in parts {
            // Nothing, and an empty text, differ.
            let text = part.map { Array($0.utf8) }
            bytes += Array("\(text.map { String($0.count) } ?? "-"):".utf8) + (text ?? [])
        }
        return digest.sha256(bytes)
    }
}
