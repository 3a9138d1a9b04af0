// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Synchronization

/// Every envelope that was committed, and whether storage ever gave back other bytes than it took.
final class EnvelopeLog: Sendable {
    private struct State {
        var envelopes: [String: Envelope] = [:]
        var complaints: [String] = []
        /// Exports that are Exporting or Checking, and the most there ever were.
        var onTheirWay: Set<Int64> = []
        var mostOnTheirWay = 0
    }

    private let state = Mutex(State())
    private let commitTakes = Mutex<(@Sendable () throws -> Void)?>(nil)
    private let beforeCommit = Mutex<(@Sendable () async throws -> Void)?>(nil)

    /// What happens while an envelope is committed, as on a slow disk, or just after, as on one that fails.
    func whileCommitting(_ act: (@Sendable () throws -> Void)?) { commitTakes.withLock { $0 = act } }

    /// What happens once, after an envelope was put together and before it is committed.
    func beforeCommit(_ act: @escaping @Sendable () async throws -> Void) { beforeCommit.withLock { $0 = act } }

    func willCommit() async throws {
        let act = beforeCommit.withLock { act in
            defer { act = nil }
            return act
        }
        try await act?()
    }

    func committed(_ envelope: Envelope) throws {
        state.withLock { state in
            let id = envelope.requestID
            if state.envelopes[id] != nil { state.complaints.append("request id \(id) was given to two envelopes") }
            if SystemDigest().sha256(envelope.request.body) != envelope.request.sha256 {
                state.complaints.append("envelope \(id) was committed under a false SHA-256")
            }
            state.envelopes[id] = envelope
            state.onTheirWay.formUnion(envelope.items.map(\.exportSerial))
            state.mostOnTheirWay = max(state.mostOnTheirWay, state.onTheirWay.count)
        }
        try commitTakes.withLock(\.self)?()
    }

    func settled(_ settlement: Settlement) {
        state.withLock { state in
            for change in settlement.changes {
                if [.exporting, .checking].contains(change.to.state.name) {
                    state.onTheirWay.insert(change.serial)
                } else {
                    state.onTheirWay.remove(change.serial)
                }
            }
            state.mostOnTheirWay = max(state.mostOnTheirWay, state.onTheirWay.count)
        }
    }

    /// The most exports that were ever Exporting or Checking at once.
    var mostOnTheirWay: Int { state.withLock { $0.mostOnTheirWay } }

    func reread(_ envelope: Envelope) {
        state.withLock { state in
            guard state.envelopes[envelope.requestID]?.request != envelope.request else { return }
            state.complaints.append("envelope \(envelope.requestID) came back from storage with other bytes")
        }
    }

    func body(of requestID: String) -> [UInt8]? { state.withLock { $0.envelopes[requestID]?.request.body } }

    var envelopes: [Envelope] { state.withLock { Array($0.envelopes.values) } }
    var complaints: [String] { state.withLock { $0.complaints } }
}
