// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// A password's hash in its parts: `scrypt$17$8$1$<salt>$<hash>`, salt and hash in base64.
struct ScryptText {
    let cost: ScryptCost
    let salt: [UInt8]
    let key: [UInt8]

    init(cost: ScryptCost, salt: [UInt8], key: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.key = key
    }

    /// Nil for a text that Daybook did not write, and for settings that would take all memory.
    init?(_ hash: PasswordHash) {
        let parts = hash.text.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "scrypt", let doublings = Int(parts[1]), (1...20).contains(doublings),
            let blockSize = Int(parts[2]), (1...16).contains(blockSize),
            let parallelism = Int(parts[3]), (1...16).contains(parallelism),
            let salt = Data(base64Encoded: parts[4]), !salt.isEmpty,
            let key = Data(base64Encoded: parts[5]), key.count >= 16
        else { return nil }
        self.init(
            cost: ScryptCost(doublings: doublings, blockSize: blockSize, parallelism: parallelism),
            salt: Array(salt), key: Array(key))
    }

    var hash: PasswordHash {
        let settings = [cost.doublings, cost.blockSize, cost.parallelism].map(String.init)
        let bytes = [salt, key].map { Data($0).base64EncodedString() }
        return PasswordHash(text: (["scrypt"] + settings + bytes).joined(separator: "$"))
    }
}
