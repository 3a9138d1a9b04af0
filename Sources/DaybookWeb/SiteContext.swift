// SPDX-License-Identifier: Apache-2.0
import Daybook
package import Hummingbird

/// What the site knows of a request besides its bytes.
package struct SiteContext: RequestContext, Sendable {
    package var coreContext: CoreRequestContextStorage
    /// The browser that sent the request.
    ///
    /// ``BrowserSessions`` sets it; it is nil only in the gates that run earlier.
    var browser: BrowserSession?

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
    }

    /// Whom a history names for what was done on a page; until people sign in, it is nobody in particular.
    static let person = Actor.anybody(.page)
    static let program = Actor.anybody(.api)
}
