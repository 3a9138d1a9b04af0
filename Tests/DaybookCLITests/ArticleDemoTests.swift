// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The situation of the help article, as a process.
@Suite("daybook demo --article", .serialized, .timeLimit(.minutes(10)))
struct ArticleDemoTests {
    private struct Situation: Decodable {
        let daybook: String
        let sandbox: String
        let email: String
        let password: String
        let company: String
        let exported: Int
        let waiting: Int
        let errors: Int
        let administrator: Administrator

        struct Administrator: Decodable {
            let name: String
            let seed: String
        }
    }

    @Test("a connection that expired unused, 40 transactions that wait and 10 in Error; nothing is left behind")
    func situation() async throws {
        try await withFolder { folder in
            let ended = try await FinishedCommand.daybook(
                ["demo", "--article", "--once", "--json"], ["TMPDIR": folder.path])
            #expect(ended.status == 0, "\(ended.errors)")
            let line = try #require(ended.output.split(separator: "\n").last)
            let situation = try JSONDecoder().decode(Situation.self, from: Data(line.utf8))
            #expect(situation.exported > 0)
            #expect(situation.waiting == 40)
            #expect(situation.errors == 10)
            #expect(situation.administrator.name == "sample-administrator@example.com")
            #expect(situation.daybook.hasPrefix("http://localhost:"))
            #expect(situation.sandbox.hasPrefix("http://127.0.0.1:"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    @Test("without --json it prints addresses, the sample sign-in, the button and the article's steps in their terms")
    func guide() async throws {
        let ended = try await FinishedCommand.daybook(["demo", "--article", "--once"])
        #expect(ended.status == 0, "\(ended.errors)")
        #expect(ended.output.contains("Sign in there as         sample-administrator@example.com   password "))
        #expect(ended.output.contains(" demo --code "))
        let terms = [
            "/app/developer/homepage", "@threerivers.example", "Connect to QuickBooks", "Sign In",
            "Intuit Developer Terms of Service", "Submit", "company data", "Next", "Close", "My Hub", "Playground",
            "Select workspace", "Select App", "Client ID", "Client Secret", "OAuth Settings",
            "com.intuit.quickbooks.accounting", "Get authorization code", "Realm ID", "Get tokens", "Step 4",
            "Refresh token", "Configuration (gear)", "Core Options", "App Configuration", "Accounting Configuration",
            "Account Numbers", "store 1", "Miscellaneous", "API – QuickBooks Online", "Settings", "OK",
            "accounting export queue", "reset for export", "Error",
        ]
        // In the article's order, except what the button's part says before.
        var rest = ended.output[...]
        for term in terms {
            let place = rest.range(of: term)
            #expect(place != nil, "“\(term)” is missing, or comes too early")
            if let place { rest = rest[place.lowerBound...] }
        }
    }

    @Test("two demos at once, and an address that others could reach, are refused in words")
    func refusals() async throws {
        let both = try await FinishedCommand.daybook(["demo", "--article", "--mishaps"])
        #expect(both.status != 0)
        #expect(both.errors.contains("leave one of them out"))
        let open = try await FinishedCommand.daybook(["demo", "--listen", "0.0.0.0:8710"])
        #expect(open.status != 0)
        #expect(open.errors.contains("--listen “0.0.0.0:8710”: write an address of this machine"))
    }
}
