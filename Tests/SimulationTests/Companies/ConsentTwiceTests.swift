// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import HTTPTransport
import IntuitSandbox
import Testing

@Suite("Intuit's answer comes twice at once")
struct ConsentTwiceTests {
    private enum Outcome: Equatable, Sendable {
        case connected(Connected.Outcome)
        case refused(String)
    }

    private func twice(_ companies: Companies) async throws -> [Outcome] {
        try await companies.saveApp(.sandbox, for: .first)
        let (code, state) = try await companies.consent(.connection(.first), .sandbox, realmID: Companies.sandboxRealm)
        return try await withThrowingTaskGroup(of: Outcome.self) { group in
            for _ in 0..<2 {
                group.addTask { [desk = companies.desk] in
                    do {
                        return .connected(
                            try await desk.credentials.finishConnect(
                                code: code, state: state, realmID: Companies.sandboxRealm,
                                browser: Companies.browser, by: .command("pat")
                            ).outcome)
                    } catch let refused as Desk.Refused {
                        return .refused(refused.message)
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test("the second waits for the first and is told that it is done")
    func made() async throws {
        let outcomes = try await twice(try Companies(seed: 771))
        #expect(outcomes.count == 2)
        #expect(outcomes.contains(.connected(.made)) && outcomes.contains(.connected(.doneAlready)))
    }

    @Test("when the first is refused, the second is told the same words; a spent answer is not to be tried again")
    func refused() async throws {
        let companies = try Companies(seed: 772)
        companies.interposer.answer { $0.isForTokens ? .failure(.timedOut(sentBytes: true)) : nil }
        let outcomes = try await twice(companies)
        guard case .refused(let words) = outcomes.first else {
            Issue.record("it was not refused: \(outcomes)")
            return
        }
        #expect(outcomes == [.refused(words), .refused(words)])
        #expect(words.contains("can't be reached just now") && words.contains("Press Connect to QuickBooks again"))
        #expect(!words.contains("Try again"))
    }
}
