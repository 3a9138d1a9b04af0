// SPDX-License-Identifier: Apache-2.0

/// What somebody was let in by.
package enum SignInFactor: String, Sendable {
    /// A one-time link, with which the password was chosen.
    case link
    /// The password of somebody without an authenticator app.
    case password
    case authenticator = "password+app"
    case recoveryCode = "password+recovery-code"
}
