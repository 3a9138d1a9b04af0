// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTransport
import IntuitOAuth
import Synchronization

/// The discovery documents in use, read when ``DiscoverySchedule`` says so.
///
/// While a document can't be read or isn't trusted, the last good one stays in use, of this process or of one before.
final class DiscoveryDocuments: Sendable {
    private struct State {
        var schedule = DiscoverySchedule()
        var document: DiscoveryDocument?
        var isRecalled = false
    }

    private let transport: any HTTPTransport
    private let environments: Environments
    private let clock: any WallClock
    private let store: (any DiscoveryStore)?
    private let logEvents: (any LogEventSink)?
    private let states = Mutex<[Environment.Name: State]>([:])

    init(
        transport: any HTTPTransport, environments: Environments, clock: any WallClock,
        store: (any DiscoveryStore)?, logEvents: (any LogEventSink)?
    ) {
        self.transport = transport
        self.environments = environments
        self.clock = clock
        self.store = store
        self.logEvents = logEvents
    }

    /// The document whose addresses the next call uses.
    ///
    /// - Throws: `TokenCallFailure` when the environment isn't configured or there is no document; no token call was
    ///   made.
    func document(of name: Environment.Name) async throws(TokenCallFailure) -> DiscoveryDocument {
        guard let environment = environments[name] else {
            throw TokenCallFailure(
                mayHaveBeenExecuted: false, reason: "the environment \(name) is not configured",
                isForMissingEnvironment: true)
        }
        await recall(environment)
        let now = clock.now
        let (known, isDue) = update(name) { state in
            let isDue = state.schedule.isDue(at: now, hasDocument: state.document != nil)
            if isDue { state.schedule.tried(at: now) }
            return (state.document, isDue)
        }
        if let known, !isDue { return known }
        do {
            return try await read(environment)
        } catch {
            guard let known else { throw TokenCallFailure(mayHaveBeenExecuted: false, reason: error.reason) }
            say("\(error.reason) The addresses read before stay in use.", name)
            return known
        }
    }

    /// An endpoint failed as if it had moved: the document is read again before the next call, unless it just was.
    func endpointFailed(of name: Environment.Name) { update(name) { $0.schedule.endpointFailed() } }

    /// Reads, once, the document that an earlier process stored.
    private func recall(_ environment: Environment) async {
        let isFirst = update(environment.name) { state in
            defer { state.isRecalled = true }
            return !state.isRecalled
        }
        guard isFirst, let store else { return }
        do {
            guard let kept = try await store.document(of: environment.name) else { return }
            guard kept.address == environment.discoveryURL else {
                return say(
                    "The stored discovery document was read at another address and is ignored.", environment.name)
            }
            let document = try believed(Array(kept.document.utf8), of: environment)
            update(environment.name) { state in
                if state.document == nil { state.document = document }
            }
        } catch let error as Untrustworthy {
            say("The stored discovery document is ignored: \(error.reason)", environment.name)
        } catch {
            say("\(error)", environment.name)
        }
    }

    private func read(_ environment: Environment) async throws(Untrustworthy) -> DiscoveryDocument {
        let bytes: [UInt8]
        do {
            let intuit = try IntuitEnvironment(
                name: environment.name.text, discoveryURL: environment.discoveryURL,
                quickBooksURL: environment.quickBooksURL)
            bytes = try await OAuthClient.discoveryBytes(intuit, transport: transport)
        } catch {
            throw Untrustworthy(reason: "\(error)")
        }
        let document = try believed(bytes, of: environment)
        let now = clock.now
        update(environment.name) { state in
            state.document = document
            state.schedule.wasRead(at: now)
        }
        await keep(bytes, environment)
        return document
    }

    private func keep(_ bytes: [UInt8], _ environment: Environment) async {
        guard let store else { return }
        let kept = KeptDiscovery(address: environment.discoveryURL, document: String(decoding: bytes, as: UTF8.self))
        do {
            try await store.keep(kept, of: environment.name)
        } catch {
            // The addresses are known; only a start while Intuit can't be reached would need the stored document.
            say("The discovery document could not be stored: \(error)", environment.name)
        }
    }

    private struct Untrustworthy: Error { let reason: String }

    private func believed(_ bytes: [UInt8], of environment: Environment) throws(Untrustworthy) -> DiscoveryDocument {
        let document: DiscoveryDocument
        do {
            document = try DiscoveryDocument(parsing: bytes)
        } catch {
            throw Untrustworthy(reason: "\(error)")
        }
        let strangers = DiscoveryTrust.strangers(in: document, readAt: environment.discoveryURL)
        guard strangers.isEmpty else {
            let here = environment.discoveryURL.host() ?? "its address"
            throw Untrustworthy(
                reason: """
                    The discovery document at \(here) names \(strangers.joined(separator: ", ")), which is no host of \
                    that environment and gets no secret. Check the discovery address in the settings.
                    """)
        }
        return document
    }

    func say(_ text: String, _ name: Environment.Name) {
        logEvents?.emit(.discovery(environment: name, text: text))
    }

    @discardableResult
    private func update<Value>(_ name: Environment.Name, _ change: (inout State) -> Value) -> Value {
        states.withLock { change(&$0[name, default: State()]) }
    }
}
