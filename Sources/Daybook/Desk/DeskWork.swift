// SPDX-License-Identifier: Apache-2.0

/// What every desk works with.
struct DeskWork: Sendable {
    let clock: any WallClock
    let notices: any NoticeSink
    let waking: any Waking
    let authorization: any Authorization
}

extension DeskWork {
    init(_ surroundings: Desk.Surroundings) {
        self.init(
            clock: surroundings.clock, notices: surroundings.notices, waking: surroundings.waking,
            authorization: surroundings.authorization)
    }
}

/// A desk.
///
/// Each verb that changes something begins with ``authorize(_:_:)``.
protocol WorkingDesk: Sendable {
    var work: DeskWork { get }
}

extension WorkingDesk {
    var clock: any WallClock { work.clock }
    var notices: any NoticeSink { work.notices }
    var waking: any Waking { work.waking }

    /// - Parameter needsFresh: False where nothing is changed, and where a fresh sign-in was asked for at the beginning of
    ///   what is finished now.
    /// - Throws: ``Desk/NotAllowed`` or ``Desk/FreshSignInNeeded``; nothing was changed.
    func authorize(_ verb: Desk.Verb, _ actor: Actor, needsFresh: Bool = true) throws {
        switch work.authorization.judge(verb, by: actor, at: clock.now) {
        case .allowed: break
        case .refused: throw Desk.NotAllowed(verb: verb, actor: actor)
        case .needsFreshSignIn: if needsFresh { throw Desk.FreshSignInNeeded(verb: verb) }
        }
    }
}

extension ConnectionStorage {
    /// - Throws: ``Desk/Refused`` when there is no such connection.
    func known(_ id: Connection.ID) async throws -> Connection {
        guard let connection = try await connection(id) else {
            throw Desk.Refused("There is no connection \(id.value). The Connections page lists those there are.")
        }
        return connection
    }
}
