// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
@testable import DaybookWeb
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

extension FuzzTarget {
    /// The whole header with all cookies of a browser, of which some may be another site's.
    static let cookieHeader = FuzzTarget(name: "cookie-header") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        let sessions = try sessions.get()
        let strange = request(text)
        let secrets = [
            sessions.known(strange)?.secret, sessions.signInSecret(of: strange), sessions.linkSecret(of: strange),
        ]
        for secret in secrets.compactMap({ $0?.reveal() }) {
            try promise((16...100).contains(secret.utf8.count), "a secret of \(secret.utf8.count) bytes")
            try promise(Data(bytes).range(of: Data("=\(secret)".utf8)) != nil, "a secret that nobody sent: \(secret)")
        }
        let browser = BrowserSession(secret: Secret(String(repeating: "5a", count: 32)), isNew: false)
        try promise(sessions.flash(of: strange, browser: browser) == nil, "it shows what nobody signed")
        let flash = Flash(.good, text, details: [text])
        let own = [sessions.cookie(for: browser), sessions.cookie(carrying: flash, for: browser)]
            .map { "\($0.name)=\($0.value)" }.joined(separator: "; ")
        let mixed = request("\(own); \(text)")
        try promise(sessions.known(mixed)?.secret.reveal() == browser.secret.reveal(), "its own browser is not known")
        try promise(sessions.flash(of: mixed, browser: browser) == flash, "its own message is not read")
    }

    private static let sessions = Result {
        guard let address = URL(string: "http://localhost:8710") else {
            throw BrokenPromise(description: "no address")
        }
        return BrowserSessions(
            seal: SessionSeal(key: Array(repeating: 7, count: 32)), settings: SiteSettings(publicURL: address),
            randomness: SystemRandomness())
    }

    private static func request(_ cookies: String) -> Request {
        Request(
            head: HTTPRequest(
                method: .get, scheme: "http", authority: "localhost", path: "/", headerFields: [.cookie: cookies]),
            body: RequestBody(buffer: ByteBuffer()))
    }
}
