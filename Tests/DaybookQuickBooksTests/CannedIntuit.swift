// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookQuickBooks
import Foundation
import HTTPTransport
import HTTPTypes
import QuickBooks
import Synchronization
import Testing

/// Intuit as a list of answers, for those that no server gives on demand; keeps what it was asked.
final class CannedIntuit: HTTPTransport {
    enum Answer: Sendable {
        case body(Int, String)
        case failure(TransportError)
    }

    private struct State {
        var requests: [TransportRequest] = []
        var answers: [Answer]
    }

    private let state: Mutex<State>

    /// The last answer is given again when the list is used up.
    init(_ answers: Answer...) { state = Mutex(State(answers: answers)) }

    var requests: [TransportRequest] { state.withLock { $0.requests } }

    func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
        let answer = state.withLock { state -> Answer? in
            state.requests.append(request)
            return state.answers.count > 1 ? state.answers.removeFirst() : state.answers.first
        }
        switch answer {
        case .body(let status, let text):
            var head = HTTPResponse(status: .init(code: status))
            head.headerFields[try #require(HTTPField.Name("intuit_tid"))] = "tid-1"
            return TransportResponse(head: head, body: Array(text.utf8))
        case .failure(let error): throw error
        case nil: throw TransportError.connectionFailed(sentBytes: false, reason: "nothing was prepared")
        }
    }
}

struct FixedClock: WallClock {
    var now = Date(timeIntervalSince1970: 1_795_000_000)
}

/// Enough of a digest to tell one text from another: FNV-1a, four times over.
struct TestDigest: Digest {
    func sha256(_ bytes: [UInt8]) -> [UInt8] {
        (0..<4).flatMap { round -> [UInt8] in
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325 &+ UInt64(round)
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            return withUnsafeBytes(of: hash.bigEndian) { Array($0) }
        }
    }
}

func ledger(_ transport: any HTTPTransport, limits: PacingLimits? = nil) throws -> QuickBooksLedger {
    let address = try #require(URL(string: "http://localhost:8711"))
    return QuickBooksLedger(
        transport: transport,
        environments: Environments(
            usual: Environment(name: .sandbox, discoveryURL: address, quickBooksURL: address)),
        clock: FixedClock(), digest: TestDigest(), limits: limits)
}

let access = LedgerAccess(
    connection: .first, environment: .sandbox, realmID: "9341453908059321", accessToken: Secret("access token"))
let company = Company(realmID: "9341453908059321", name: "Three Rivers Rental")
