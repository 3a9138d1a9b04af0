// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import HTTPTransport
import HTTPTypes
import Testing

@Suite("More clients than the server holds connections", .timeLimit(.minutes(15)))
struct ManyConnectionsTests {
    /// A program of its own: so many sockets leave this process no room to start others.
    private static let clients = """
        import resource, socket, sys
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(2048, hard), hard))
        held = []
        for _ in range(1100):
            client = socket.socket()
            client.bind(("127.0.0.2", 0))
            client.connect(("127.0.0.1", int(sys.argv[1])))
            client.sendall(b"GET /health HTTP/1.1\\r\\nHost: loc")
            held.append(client)
        print("open", flush=True)
        sys.stdin.read()
        """

    @Test("with 1,100 half-sent requests a page is answered, the descriptors are bounded, and it stops in order")
    func halfSent() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let serving = try await fixture.serve()
            let (process, input, output) = (Process(), Pipe(), Pipe())
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["python3", "-c", Self.clients, "\(fixture.port)"]
            process.standardInput = input
            process.standardOutput = output
            try process.run()
            #expect(await ProcessOutput(output).nextLine() == "open")
            // Counted while they are open: a request that stays half-sent is given up after some seconds, which a busy
            // machine may take for the page.
            var most = try await Self.descriptors(of: serving.processID, reaching: 400)
            let server = DaybookServer(ListenAddress(host: "localhost", port: fixture.port))
            let page = try await server.call(.get, "/exports")
            #expect(page.statusCode == 200)
            try await server.close()
            #if os(Linux)
                most = max(most, try await Self.descriptors(of: serving.processID, reaching: 0))
                #expect((400...600).contains(most), "the bound of one address is 480")
            #endif
            #expect(await serving.end(with: SIGTERM) == 0)
            try input.fileHandleForWriting.close()
            process.waitUntilExit()
            #expect(try serving.errors().contains("connections closed"))
        }
    }

    /// How many a process has, once there are as many as are wanted or a minute has passed.
    private static func descriptors(of process: Int32, reaching wanted: Int) async throws -> Int {
        let limit = ContinuousClock.now + .seconds(60)
        while true {
            let count = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count
            if count >= wanted || ContinuousClock.now > limit { return count }
            await Task.yield()
        }
    }
}
