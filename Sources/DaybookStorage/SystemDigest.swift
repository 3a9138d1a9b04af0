// SPDX-License-Identifier: Apache-2.0
import Crypto
import Daybook

/// SHA-256 by swift-crypto.
package struct SystemDigest: Daybook.Digest {
    package init() {}

    package func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }
}
