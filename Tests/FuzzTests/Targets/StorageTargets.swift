// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookStorage

extension FuzzTarget {
    /// The file of the token journal, of which any part may be damaged.
    static let tokenJournal = FuzzTarget(name: "token-journal") { bytes in
        let scan = TokenJournalFrame.scan(bytes)
        for frame in scan.frames {
            try promise(TokenJournalFrame.scan(frame.bytes).frames == [frame], "a record is not read again")
        }
        let frame = TokenJournalFrame(connection: 1, generation: Int64(bytes.count), payload: bytes)
        // What stands before a record never hides it, once the next record has its gap.
        let gap = [UInt8](repeating: 0, count: max(0, scan.end - bytes.count))
        let found = TokenJournalFrame.scan(Array(bytes.prefix(scan.end)) + gap + frame.bytes).frames
        try promise(found.contains(frame), "a record is lost behind damage")
    }

    static let sealedValue = FuzzTarget(name: "sealed-value") { bytes in
        let sealer = Sealer(key: Array(repeating: 7, count: 32))
        let context = SealContext(table: "apps", row: "1", column: "client_secret")
        do {
            _ = try sealer.open(bytes, in: context)
            throw BrokenPromise(description: "it opens what nobody sealed")
        } catch let error as SealError {
            try promise(error.description.hasSuffix("."), error.description)
        }
        let sealed = try sealer.seal(bytes, in: context)
        try promise(try sealer.open(sealed, in: context) == bytes, "sealed and opened, it differs")
        var changed = sealed
        changed[choice(bytes, below: sealed.count)] ^= 1
        try promise((try? sealer.open(changed, in: context)) == nil, "it opens what was changed")
    }

    static let keyText = FuzzTarget(name: "key-text") { bytes in
        // Every other text is refused, in words that KeyRefusedTests compare.
        guard let keys = try? KeyText.keys(in: bytes) else { return }
        try promise(try KeyText.keys(in: KeyText.bytes(keys)) == keys, "the keys are not read again")
    }

    static let passwordHash = FuzzTarget(name: "password-hash") { bytes in
        guard let hash = ScryptText(PasswordHash(text: String(decoding: bytes, as: UTF8.self))) else { return }
        try promise(ScryptText(hash.hash)?.hash == hash.hash, "\(hash.hash.text) is not read again")
        try promise((1...20).contains(hash.cost.doublings), "it would take all memory")
    }
}
