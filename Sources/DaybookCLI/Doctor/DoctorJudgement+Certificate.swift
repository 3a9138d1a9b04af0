// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTransport

extension DoctorJudgement {
    var certificate: DoctorFinding {
        switch facts.certificate {
        case .notUsed(let address, isLocal: true):
            return .ok(.certificate, "\(address) is for this machine alone, and needs no certificate.")
        case .notUsed(let address, isLocal: false):
            return .warning(
                .certificate, "\(address) is not encrypted: passwords travel readable.",
                "Put a proxy with TLS before Daybook, or give it a certificate with DAYBOOK_TLS_CERTIFICATE.")
        case .unknown(let address, let reason):
            return .warning(
                .certificate, "The certificate of \(address) can't be seen from here: \(reason)",
                "Look at it with a browser.")
        case .shown(let host, let begun, let left, let doubt):
            if let problem = unusable(host, begun: begun, left: left, doubt) { return problem }
            let text = "The certificate of \(host) is trusted, and good for \(Self.days(left))."
            guard left < CertificateWatch.warningSpan.seconds else { return .ok(.certificate, text) }
            return .warning(.certificate, text, "Renew it; see why it is not renewed by itself.")
        }
    }

    private func unusable(
        _ host: String, begun: TimeInterval, left: TimeInterval, _ doubt: PresentedCertificate.Doubt?
    ) -> DoctorFinding? {
        if left <= 0 { return .problem(.certificate, "The certificate of \(host) has run out.", "Renew it.") }
        if begun < 0 {
            return .problem(
                .certificate, "The certificate of \(host) is not good yet.", "Check this machine's clock, or renew it.")
        }
        switch doubt {
        case nil: return nil
        case .name:
            return .problem(
                .certificate, "The certificate that \(host) shows is for another name.",
                "Get one for \(host), or set DAYBOOK_PUBLIC_URL to the name it is for.")
        case .issuer:
            return .problem(
                .certificate, "Nobody whom this machine trusts has signed the certificate of \(host).",
                """
                Get one of a public authority. Where you have an authority of your own, make it known to this machine \
                with update-ca-certificates, and to every browser.
                """)
        }
    }

    private static func days(_ seconds: TimeInterval) -> String {
        let days = Int(seconds / 86_400)
        return days < 1 ? "less than a day" : days == 1 ? "1 day" : "\(days) days"
    }
}
