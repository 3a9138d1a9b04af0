// SPDX-License-Identifier: Apache-2.0
import HTTPTypes

extension HTTPField.Name {
    static var secFetchSite: HTTPField.Name { known("Sec-Fetch-Site") }
    static var daybookServer: HTTPField.Name { known(ServerIdentity.headerName) }
    static var referrerPolicy: HTTPField.Name { known("Referrer-Policy") }
    static var crossOriginOpenerPolicy: HTTPField.Name { known("Cross-Origin-Opener-Policy") }
    static var xForwardedFor: HTTPField.Name { known("X-Forwarded-For") }
    static var xRequestID: HTTPField.Name { known("X-Request-ID") }
    static var permissionsPolicy: HTTPField.Name { known("Permissions-Policy") }

    private static func known(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("not a field name: \(text)") }
        return name
    }
}
