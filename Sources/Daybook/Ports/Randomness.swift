// SPDX-License-Identifier: Apache-2.0

/// Random bytes good enough for secrets.
package protocol Randomness: Sendable {
    func bytes(_ count: Int) -> [UInt8]
}

/// SHA-256, which Foundation does not have.
package protocol Digest: Sendable {
    func sha256(_ bytes: [UInt8]) -> [UInt8]
}
