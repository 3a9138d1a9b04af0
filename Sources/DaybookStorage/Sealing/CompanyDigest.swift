// SPDX-License-Identifier: Apache-2.0
import Crypto

/// What a company is looked up by, because the same Realm ID sealed twice gives two different values.
///
/// Without the key nobody can try out Realm IDs, of which there are few. The key is a kept secret of the database, so
/// the digests stay as they are when the data key is rotated.
enum CompanyDigest {
    static let keyName = "company digests"
    static let keyLength = 32

    static func bytes(of realmID: String, key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(realmID.utf8), using: SymmetricKey(data: key)))
    }
}
