// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import Testing

@Suite("An export as the commands print it")
struct QueueLinesTests {
    private func line(_ members: String) throws -> String {
        let text = """
            {"serial":7,"id":"x","date":"2026-11-16","store":1,"amount":"125.00","documentNumber":"1-A-B",\(members)}
            """
        return try JSONDecoder().decode(QueuePage.Export.self, from: Data(text.utf8)).line
    }

    @Test("what waits for the connection says so")
    func waiting() throws {
        #expect(
            try line(#""state":"pending","waitsForConnection":true"#)
                == "7  pending, waiting for connection  2026-11-16  store 1  1-A-B  125.00")
        #expect(
            try line(#""state":"pending","waitsForConnection":false"#)
                == "7  pending  2026-11-16  store 1  1-A-B  125.00")
    }

    @Test("what is in Error says why")
    func failed() throws {
        let error = #""state":"error","waitsForConnection":false,"error":{"code":"6000","explanation":"No."}"#
        #expect(try line(error) == "7  error  2026-11-16  store 1  1-A-B  125.00  No.")
    }
}
