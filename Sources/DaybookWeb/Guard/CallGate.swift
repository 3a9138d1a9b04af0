// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Synchronization

/// Limits how many calls a caller may make in a minute.
///
/// Two gates share the limits: addresses are counted before anything is looked up, keys and people once they are known.
/// Never counted are calls that ask whether Daybook is well, calls for the files of pages, and commands of the data
/// folder; and no call as long as nobody has signed up, when this machine alone is served.
struct CallGate: RouterMiddleware {
    typealias Context = SiteContext

    enum Counted {
        case sources, callers
    }

    /// The calls that all gates have taken.
    final class Kept: Sendable {
        private let limits: Mutex<CallLimits>

        init(perMinute: Int) { limits = Mutex(CallLimits(perMinute: perMinute)) }

        func take(_ caller: CallLimits.Caller, at moment: Duration) -> Duration? {
            limits.withLock { $0.take(caller, at: moment) }
        }
    }

    let counted: Counted
    let kept: Kept
    let desk: Desk
    let identity: ServerIdentity
    let clock: any WallClock

    @concurrent
    func handle(
        _ request: Request, context: SiteContext,
        next: @concurrent (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        if let caller = caller(request, context), let wait = kept.take(caller, at: clock.elapsed) {
            throw HTTPProblem(tooManyCallsOf: caller, wait: wait)
        }
        return try await next(request, context)
    }

    private func caller(_ request: Request, _ context: SiteContext) -> CallLimits.Caller? {
        let path = request.uri.path
        guard desk.people?.signIn.isRequired == true, path != "/health", !path.hasPrefix("/health/"),
            !path.hasPrefix("/assets/")
        else { return nil }
        switch counted {
        case .sources: return isCommand(request) ? nil : .source(context.source)
        case .callers:
            switch context.actor {
            case .key(let principal): return .key(principal.id)
            case .person(let principal): return .person(principal.id)
            case .command, .anybody, .system: return nil
            }
        }
    }

    private func isCommand(_ request: Request) -> Bool {
        let parts = (request.headers[.authorization] ?? "").split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2, parts[0].lowercased() == ServerIdentity.commandScheme.lowercased() else { return false }
        return identity.isCommand(parts[1].trimmingCharacters(in: .whitespaces))
    }
}

extension HTTPProblem {
    fileprivate init(tooManyCallsOf caller: CallLimits.Caller, wait: Duration) {
        let seconds = max(1, Int(wait.seconds.rounded(.up)))
        let who =
            switch caller {
            case .key: "This key"
            case .person: "You have, or a program with your sign-in has,"
            case .source: "This address"
            }
        let made = if case .person = caller { "made" } else { "has made" }
        self.init(
            .tooManyRequests, "Too many calls",
            """
            \(who) \(made) too many calls within a minute. Nothing of this call was done. Send it again in \
            \(seconds == 1 ? "a second" : "\(seconds) seconds").
            """)
        headers[.retryAfter] = "\(seconds)"
    }
}
