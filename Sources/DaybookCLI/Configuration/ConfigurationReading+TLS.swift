// SPDX-License-Identifier: Apache-2.0
import Configuration
import Foundation

extension ConfigurationReading {
    /// The certificate's files; nil where Daybook speaks plain HTTP.
    mutating func certificateFiles() -> CertificateFiles? {
        let (certificateName, keyName) = ("DAYBOOK_TLS_CERTIFICATE", "DAYBOOK_TLS_KEY")
        let certificate = path("tlsCertificate", certificateName, Self.certificateExample)
        let key = path("tlsKey", keyName, Self.keyExample)
        switch (text("tlsCertificate"), text("tlsKey")) {
        case (nil, nil), (_?, _?): break
        case (_?, nil): note(keyName, "", "a certificate needs its private key", Self.keyExample)
        case (nil, _?): note(certificateName, "", "a private key needs its certificate", Self.certificateExample)
        }
        guard let certificate, let key else { return nil }
        return CertificateFiles(certificate: certificate, key: key)
    }

    mutating func path(_ key: ConfigKey, _ name: String, _ example: String) -> String? {
        guard let path = text(key) else { return nil }
        guard path.hasPrefix("/") else {
            note(name, path, "write the file's whole path", example)
            return nil
        }
        return path
    }

    private static let certificateExample = "/etc/daybook/fullchain.pem"
    private static let keyExample = "/etc/daybook/privkey.pem"
}
