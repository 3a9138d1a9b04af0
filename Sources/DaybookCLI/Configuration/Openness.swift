// SPDX-License-Identifier: Apache-2.0
import Foundation

extension ConfigurationMistakes.Mistake {
    /// Others could reach a Daybook at which anybody may do everything.
    static func tooOpen(_ listen: ListenAddress) -> Self {
        .init(
            name: "DAYBOOK_LISTEN", value: "\(listen)",
            remedy: """
                nobody has signed up to this Daybook yet, so it serves this machine alone. Start it with a loopback \
                address, make the first administrator by the link that it prints, then start it with this address
                """,
            example: "127.0.0.1:\(listen.port)")
    }
}

extension DaybookConfiguration {
    /// What is unsafe about where Daybook listens, with the remedy; nil when nothing is.
    var openness: String? {
        guard !listen.isLoopback, publicURL.scheme != "https" else { return nil }
        return """
            passwords travel readable through the network: Daybook listens on \(listen) and its public address is \
            \(publicURL.absoluteString). Put a proxy with TLS before it, let Daybook listen on 127.0.0.1, and set \
            DAYBOOK_PUBLIC_URL to the proxy's https address; or give Daybook a certificate (DAYBOOK_TLS_CERTIFICATE)
            """
    }
}
