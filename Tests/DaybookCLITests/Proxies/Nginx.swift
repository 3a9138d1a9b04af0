// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation

/// The real nginx in front of a server, with the lines that docs/operating.md tells people to write.
struct Nginx {
    let port: Int
    private let process: RunningProgram

    /// Starts it; it answers once this returns.
    static func start(before upstream: Int, port: Int, in folder: URL) async throws -> Nginx {
        guard let program else { throw CommandFailure("nginx is not installed") }
        let prefix = folder.appending(path: "nginx")
        try FileManager.default.createDirectory(at: prefix, withIntermediateDirectories: true)
        let settings = prefix.appending(path: "nginx.conf")
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map {
            "\($0)_temp_path \(prefix.path)/\($0);"
        }
        let text = """
            daemon off;
            master_process off;
            pid \(prefix.path)/nginx.pid;
            error_log /dev/stdout notice;
            events {}
            http {
                access_log off;
                \(temporary.joined(separator: "\n    "))
                server {
                    listen 127.0.0.1:\(port);
                    \(try documentedLocation().replacing("127.0.0.1:8710", with: "127.0.0.1:\(upstream)"))
                }
            }

            """
        try text.write(to: settings, atomically: true, encoding: .utf8)
        // It says its first line once it listens.
        let process = try await RunningProgram.start(
            program, ["-p", prefix.path, "-c", settings.path], errors: folder.appending(path: "nginx.err"))
        return Nginx(port: port, process: process)
    }

    /// It starts with the signals blocked that this process's threads block, so only this one reaches it.
    func end() async { _ = await process.end(with: SIGKILL) }

    /// The block `location / { … }` of nginx in docs/operating.md.
    private static func documentedLocation() throws -> String {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let page = try root.appending(path: "docs/operating.md").text()
        guard let block = page.firstMatch(of: /location \/ \{[^}]*\}/) else {
            throw CommandFailure("docs/operating.md has no lines for nginx any more")
        }
        return String(block.0)
    }

    private static let program: URL? = {
        // Debian's is in /usr/sbin, which is not in everybody's PATH.
        let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let folders = path + ["/usr/sbin"[...]]
        return folders.map { URL(filePath: String($0)).appending(path: "nginx") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }()

    /// Under CI a skip would hide that nothing was proved, so there the tests run and fail.
    static var mayRun: Bool { program != nil || ProcessInfo.processInfo.environment["CI"] == "true" }

    static let reasonForSkipping =
        "NOT PROVED here: that a client behind the real nginx is known by its own address (run `scripts/setup test`, "
        + "which installs nginx)"
}
