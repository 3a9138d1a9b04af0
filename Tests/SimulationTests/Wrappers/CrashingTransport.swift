// SPDX-License-Identifier: Apache-2.0
import HTTPTransport

/// The network of a process that may crash before or after any call. A caller in a dead process gets
/// the only kind of error a transport may throw; the next port it touches tells it that it is dead.
struct CrashingTransport: HTTPTransport {
    let inner: any HTTPTransport
    let plan: CrashPlan

    func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
        do {
            return try await plan.passing { try await inner.send(request, deadline: deadline) }
        } catch is Crash {
            throw TransportError.connectionFailed(sentBytes: true, reason: "the process is gone")
        }
    }
}
