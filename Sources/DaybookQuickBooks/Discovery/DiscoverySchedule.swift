// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport

/// When the discovery document of an environment is to be read: at start, once a day, and again when an endpoint
/// fails in a way that a move would explain.
///
/// Pure; times come from outside.
struct DiscoverySchedule: Equatable {
    /// The age in seconds at which the document is read again: Intuit asks to read it regularly, but not before each
    /// call.
    static let age: TimeInterval = 86_400
    /// The least number of seconds between two attempts, also while endpoints or the document itself fail.
    static let pause: TimeInterval = 180

    private(set) var readAt: Date?
    private(set) var triedAt: Date?
    private(set) var seemsMoved = false

    /// Whether it is to be read now.
    ///
    /// - Parameter hasDocument: Whether there is one to go on with; without one every call needs it.
    func isDue(at now: Date, hasDocument: Bool) -> Bool {
        guard hasDocument else { return true }
        // A moment in the future was noted before the machine's clock was set back.
        if let triedAt, (0..<Self.pause).contains(now.timeIntervalSince(triedAt)) { return false }
        guard let readAt, !seemsMoved else { return true }
        return !(0..<Self.age).contains(now.timeIntervalSince(readAt))
    }

    mutating func tried(at now: Date) { triedAt = now }

    mutating func wasRead(at now: Date) {
        readAt = now
        seemsMoved = false
    }

    mutating func endpointFailed() { seemsMoved = true }
}

/// Whether a failure looks as if an endpoint had moved.
enum EndpointMove {
    /// Gone, not found, another method than the one that worked, or a redirect, which is never followed with a secret.
    static func explains(status: Int) -> Bool { [301, 302, 307, 308, 404, 405, 410].contains(status) }

    /// There is no such host, nothing listens there, or it has another host's certificate.
    static func explains(_ error: TransportError) -> Bool {
        switch error {
        case .connectionFailed(let sentBytes, let reason): !sentBytes || reason.contains("SSL")
        case .timedOut, .responseTooLarge, .invalidRequest: false
        }
    }
}
