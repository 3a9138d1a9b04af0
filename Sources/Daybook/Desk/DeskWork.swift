// SPDX-License-Identifier: Apache-2.0

/// What every desk works with.
struct DeskWork: Sendable {
    let clock: any WallClock
    let notices: any NoticeSink
    let waking: any Waking
    let authorization: any Authorization

    init(_ surroundings: Desk.Surroundings) {
        clock = surroundings.clock
        notices = surroundings.notices
        waking = surroundings.waking
        authorization = surroundings.authorization
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

    /// - Throws: ``Desk/NotAllowed`` when the actor may not use the verb.
    func authorize(_ verb: Desk.Verb, _ actor: Actor) throws(Desk.NotAllowed) {
        guard work.authorization.allows(verb, for: actor) else { throw Desk.NotAllowed(verb: verb, actor: actor) }
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
