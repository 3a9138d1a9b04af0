// SPDX-License-Identifier: Apache-2.0

/// What every desk works with.
struct DeskWork: Sendable {
    let clock: any WallClock
    let logEvents: any LogEventSink
    let waking: any Waking
    let authorization: any Authorization
}

extension DeskWork {
    init(_ surroundings: Desk.Surroundings) {
        self.init(
            clock: surroundings.clock, logEvents: surroundings.logEvents, waking: surroundings.waking,
            authorization: surroundings.authorization)
    }
}

/// A desk.
///
/// Each verb that changes something does so within ``act(_:as:needsFresh:by:_:)``.
protocol WorkingDesk: Sendable {
    var work: DeskWork { get }
}

extension WorkingDesk {
    var clock: any WallClock { work.clock }
    var logEvents: any LogEventSink { work.logEvents }
    var waking: any Waking { work.waking }

    /// - Parameter needsFresh: False where nothing is changed, and where a fresh sign-in was asked for at the beginning
    ///   of what is finished now.
    /// - Throws: ``Desk/NotAllowed`` or ``Desk/FreshSignInNeeded``; nothing was changed.
    func authorize(_ verb: Desk.Verb, _ actor: Actor, needsFresh: Bool = true) throws {
        switch work.authorization.judge(verb, by: actor, at: clock.now) {
        case .allowed: break
        case .refused:
            let refused = Desk.NotAllowed(verb: verb, actor: actor)
            logEvents.emit(refused.logEvent)
            throw refused
        case .needsFreshSignIn: if needsFresh { throw Desk.FreshSignInNeeded(verb: verb) }
        }
    }
}

extension WorkingDesk {
    /// Does what a verb does, if the actor may; what the storage changes meanwhile is in the audit trail.
    ///
    /// - Parameters:
    ///   - further: The name of the act in the trail, where several share a verb.
    ///   - subject: What it was about, for the log.
    /// - Throws: What ``authorize(_:_:needsFresh:)`` throws, and what the body throws.
    func act<Value>(
        _ verb: Desk.Verb, as further: Act.Further? = nil, needsFresh: Bool = true, by actor: Actor,
        on subject: (Value) -> Act.Subject = { _ in Act.Subject() }, _ body: () async throws -> Value
    ) async throws -> Value {
        try authorize(verb, actor, needsFresh: needsFresh)
        let act = Act(further.map(Act.Name.further) ?? .verb(verb), by: actor, at: clock.now)
        let isPart = Act.current != nil
        let value = try await Act.$current.withValue(act, operation: body)
        // Transactions that come in have a line of their own in the log, and a part of another act is told with that
        // act.
        if !isPart, verb != .record { logEvents.emit(.acted(act.name, by: ActorNumber(actor), on: subject(value))) }
        return value
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
