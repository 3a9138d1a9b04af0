// SPDX-License-Identifier: Apache-2.0
import Daybook
package import Hummingbird

/// What travels with a request.
package struct SiteContext: RequestContext, Sendable {
    package var coreContext: CoreRequestContextStorage
    /// Whose browser asks.
    ///
    /// Set by ``BrowserSessions``; nil only in front of it.
    var browser: BrowserSession?

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
    }

    /// Who did it, for the history, as long as nobody has signed up.
    static let person = Actor.anybody(.page)
    static let program = Actor.anybody(.api)
}
