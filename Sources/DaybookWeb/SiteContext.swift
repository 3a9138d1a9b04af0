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

    /// Who did it, for the history, until people sign in.
    static let person = Actor.person(nil)
    static let program = Actor.key(nil)
}
