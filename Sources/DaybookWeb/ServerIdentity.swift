// SPDX-License-Identifier: Apache-2.0
import Crypto
package import Daybook
import Foundation

/// The secret by which a server proves to a command that it serves the command's data folder.
///
/// Server and command know it from the folder; it never goes over the wire.
package struct ServerIdentity: Sendable {
    /// The header in which a command says which server its request is for.
    package static let headerName = "Daybook-Server"
    /// How many bytes a challenge has.
    package static let challengeLength = 32

    package let bytes: [UInt8]

    /// - Parameter bytes: 32 random bytes.
    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The HMAC-SHA256 of a challenge, in hex digits.
    package func proof(of challenge: [UInt8]) -> String { code(for: "proof", challenge) }

    /// Compares in constant time.
    package func isProven(by proof: String, of challenge: [UInt8]) -> Bool {
        guard let code = HexDigits.bytes(proof) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(
            code, authenticating: Self.message("proof", challenge), using: SymmetricKey(data: bytes))
    }

    /// What commands send in the header: it differs from server to server, and the identity can't be computed from it.
    package var name: String { code(for: "name", []) }

    /// What a command of this data folder sends as `Authorization: DaybookFolder …`: somebody who can read the folder
    /// needs no role.
    package var commandToken: Secret { Secret(code(for: "command", [])) }

    /// Compares in constant time.
    package func isCommand(_ token: String) -> Bool {
        guard let code = HexDigits.bytes(token) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(
            code, authenticating: Self.message("command", []), using: SymmetricKey(data: bytes))
    }

    /// The scheme in the header `Authorization`.
    package static let commandScheme = "DaybookFolder"

    private func code(for purpose: String, _ text: [UInt8]) -> String {
        HexDigits.text(
            HMAC<SHA256>.authenticationCode(for: Self.message(purpose, text), using: SymmetricKey(data: bytes)))
    }

    private static func message(_ purpose: String, _ text: [UInt8]) -> [UInt8] {
        Array("Daybook server \(purpose)\n".utf8) + text
    }
}
