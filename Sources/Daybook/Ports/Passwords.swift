// SPDX-License-Identifier: Apache-2.0

/// Hashes passwords so slowly that nobody can try many.
package protocol Passwords: Sendable {
    /// A new hash with a salt of its own; waits while two others are being made.
    ///
    /// - Throws: When there is too little memory.
    func hash(_ password: Secret) async throws -> PasswordHash

    /// Whether it is the password of a hash.
    ///
    /// - Parameter hash: Nil where there is no such person: the answer takes as long, and is false.
    /// - Throws: When there is too little memory.
    func matches(_ password: Secret, _ hash: PasswordHash?) async throws -> Bool

    /// Whether the hash was made with weaker settings than new ones are.
    func isOutdated(_ hash: PasswordHash) -> Bool
}

/// Message authentication with a key, which Foundation does not have.
package protocol MessageAuthentication: Sendable {
    /// 20 bytes.
    func hmacSHA1(_ message: [UInt8], key: [UInt8]) -> [UInt8]
}
