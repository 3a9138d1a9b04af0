// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes

/// What the sandbox remembers about one browser.
struct BrowserSession: Sendable {
    /// Who has signed in; nil after signing out.
    var userID: String?
    /// A message at the head of the next page, shown once.
    var message: Message?
    var playground = Playground()
    /// The connection that was last chosen on the page "Break this connection".
    var aim: BreakPage.Aim?
}

/// The sessions of all browsers; beyond a thousand the oldest are dropped.
struct BrowserSessions: Sendable {
    private static let most = 1000
    private var byID: [String: BrowserSession] = [:]
    private var order: [String] = []

    subscript(id: String) -> BrowserSession? {
        get { byID[id] }
        set {
            if byID[id] == nil, newValue != nil { order.append(id) }
            byID[id] = newValue
            if order.count > Self.most { byID[order.removeFirst()] = nil }
        }
    }
}

/// One page call, and who makes it.
struct Visit: Sendable {
    let call: IncomingCall
    /// Nil if nobody has signed in.
    var user: SandboxUser?
    /// Names the browser's session; nil until there is something to remember.
    var sessionID: String?
    /// Whether the browser has to be given the session's cookie.
    var isNewSession = false

    /// Cookies know no ports, and several sandboxes may run on one machine: each has a cookie of its own.
    static func cookieName(_ call: IncomingCall) -> String {
        let port = call.origin.split(separator: ":").last.flatMap { UInt16($0) }
        return "intuit_sandbox_\(port ?? 80)"
    }
}

extension SandboxState {
    func visit(_ call: IncomingCall) -> Visit {
        let sessionID = call.cookie(Visit.cookieName(call)).flatMap { sessions[$0] == nil ? nil : $0 }
        return Visit(call: call, user: signedInUser(call), sessionID: sessionID)
    }

    /// The user who has signed in with the browser that makes this call; nil if nobody has.
    ///
    /// Where no sign-in is asked for, everybody is the first user until somebody signs in or out.
    func signedInUser(_ call: IncomingCall) -> SandboxUser? {
        if let id = call.cookie(Visit.cookieName(call)), let session = sessions[id] {
            return session.userID.flatMap { people[$0] }
        }
        return requiresSignIn ? nil : people.all.first
    }

    /// Changes what is remembered about the visitor's browser; begins a session if there is none.
    mutating func remember(_ visit: inout Visit, _ change: (inout BrowserSession) -> Void) {
        let id = visit.sessionID ?? newSession(&visit, user: visit.user)
        guard var session = sessions[id] else { return }
        change(&session)
        sessions[id] = session
    }

    /// Begins a session under a new name, so that nobody can have set the cookie beforehand.
    @discardableResult
    mutating func newSession(_ visit: inout Visit, user: SandboxUser?) -> String {
        if let old = visit.sessionID { sessions[old] = nil }
        let id = random.hex(32)
        sessions[id] = BrowserSession(userID: user?.userID)
        visit.user = user
        visit.sessionID = id
        visit.isNewSession = true
        return id
    }

    func playground(_ visit: Visit) -> Playground {
        visit.sessionID.flatMap { sessions[$0]?.playground } ?? Playground()
    }

    /// Leads to another page that says what was done here.
    mutating func lead(_ visit: inout Visit, to path: String, _ message: Message) -> TransportResponse {
        remember(&visit) { $0.message = message }
        return Answer.seeOther(path)
    }

    /// A page in its frame, with the message of the last call.
    mutating func show(
        _ visit: inout Visit, _ title: String, _ body: HTML, isWide: Bool = false, formTargets: [String] = []
    ) -> TransportResponse {
        var message: Message?
        if let id = visit.sessionID, let left = sessions[id]?.message {
            message = left
            sessions[id]?.message = nil
        }
        let page = Page(title: title, frame: .full(visit.user), message: message, body: body, isWide: isWide)
        return Answer.page(200, page, formTargets: formTargets)
    }
}
