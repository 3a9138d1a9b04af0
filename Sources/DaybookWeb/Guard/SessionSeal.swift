// SPDX-License-Identifier: Apache-2.0
import Crypto
import Daybook
import Foundation

/// Signs what a browser keeps and sends back: its cookies and the tokens of forms.
///
/// The key is stored with the data, so that open forms and begun consents stay valid over a restart.
struct SessionSeal: Sendable {
    private let key: SymmetricKey

    init(key: [UInt8]) { self.key = SymmetricKey(data: key) }

    func sign(_ text: String, for purpose: Purpose, browser: BrowserSession) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: message(text, purpose, browser), using: key)
        return Data(code).base64EncodedString()
    }

    /// Compares in constant time.
    func isValid(_ signature: String, of text: String, for purpose: Purpose, browser: BrowserSession) -> Bool {
        guard let code = Data(base64Encoded: signature) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(
            code, authenticating: message(text, purpose, browser), using: key)
    }

    enum Purpose: String {
        case form, flash
    }

    private func message(_ text: String, _ purpose: Purpose, _ browser: BrowserSession) -> Data {
        Data("\(purpose.rawValue)\n\(browser.secret.reveal())\n\(text)".utf8)
    }
}
