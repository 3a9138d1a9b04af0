// SPDX-License-Identifier: Apache-2.0
import Daybook
package import Hummingbird
import Synchronization

/// What the site knows of a request besides its bytes.
package struct SiteContext: RequestContext, Sendable {
    package var coreContext: CoreRequestContextStorage
    /// The browser that sent the request.
    ///
    /// ``BrowserSessions`` sets it; it is nil only in the gates that run earlier.
    var browser: BrowserSession?
    /// Who sent the request; ``SignInGate`` finds it out.
    let asker = Asker()
    /// The address that the request came from.
    ///
    /// It is the connection's until ``ForwardingGate`` has looked for another behind a trusted proxy.
    var source: String
    /// Whether a proxy passed the request on.
    var cameByProxy = false
    /// Whether the connection comes from a trusted proxy.
    var isFromTrustedProxy = false

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        self.source = source.channel.remoteAddress?.ipAddress ?? "unknown"
    }

    /// The actor whom histories name for what the request does.
    var actor: Actor { asker.actor }

    /// The person whose session the browser's cookie is; nil where nobody has signed in.
    var signedIn: SignInDesk.SignedIn? { asker.signedIn }
}

/// Who sent a request, as far as the gates have found out.
///
/// It is shared, because the answer to an error is written by a gate that ran earlier.
final class Asker: Sendable {
    private struct Known {
        // Until the gate has run it is nobody, who may do nothing once somebody has signed up.
        var actor = Actor.anybody(.page)
        var signedIn: SignInDesk.SignedIn?
    }

    private let known = Mutex(Known())

    var actor: Actor { known.withLock { $0.actor } }

    var signedIn: SignInDesk.SignedIn? { known.withLock { $0.signedIn } }

    func set(_ actor: Actor) { known.withLock { $0 = Known(actor: actor) } }

    func set(_ signedIn: SignInDesk.SignedIn) {
        known.withLock { $0 = Known(actor: signedIn.actor, signedIn: signedIn) }
    }
}
