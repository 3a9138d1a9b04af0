// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import Testing

@Suite(
    "A first start that a power cut follows", .enabled(if: Strace.mayRun, "\(Strace.reasonForSkipping)"),
    .timeLimit(.minutes(5)))
struct FirstStartTests {
    @Test("the names of the new folder and of those above it are synced: what is in it can't be lost with them")
    func names() async throws {
        try await withFolder { folder in
            let above = folder.appending(path: "srv")
            let data = above.appending(path: "daybook")
            let (strace, output) = (Process(), Pipe())
            strace.executableURL = Strace.program
            strace.arguments =
                ["-f", "-y", "-e", "trace=mkdir,mkdirat,fsync"]
                + [try Programs.url("daybook").path, "connection", "list"]
            strace.environment = Programs.environment(["DAYBOOK_DATA_DIR": data.path])
            strace.standardError = output
            strace.standardOutput = FileHandle.nullDevice
            let lines = output.lines()
            try strace.run()
            var synced: Set<String> = []
            for await line in lines {
                guard let call = line.firstMatch(of: /fsync\(\d+<([^>]*)>/) else { continue }
                synced.insert(URL(filePath: String(call.1)).lastPathComponent)
            }
            #expect(synced.isSuperset(of: [folder, above, data].map(\.lastPathComponent)))
        }
    }
}
