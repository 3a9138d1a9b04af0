// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Where strace is, and whether this machine lets it hold another process.
enum Strace {
    static let program: URL? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { URL(filePath: String($0)).appending(path: "strace") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }()

    /// Under CI a skip would hide that nothing was proved, so there the tests run and fail.
    static var mayRun: Bool { mayAttach || ProcessInfo.processInfo.environment["CI"] == "true" }

    static let reasonForSkipping =
        "NOT PROVED here: that SIGKILL or a power cut at any durable system call of a refresh loses no token (it takes "
        + "strace, which `scripts/setup test` installs, and a kernel that lets it attach to a process: ptrace)"

    /// Found out by trying: containers and kernels refuse in several ways.
    private static let mayAttach: Bool = {
        do {
            return try attachesToChild()
        } catch {
            return false
        }
    }()

    private static func attachesToChild() throws -> Bool {
        guard let program else { return false }
        let (child, life) = (Process(), Pipe())
        child.executableURL = URL(filePath: "/bin/cat")
        child.standardInput = life
        child.standardOutput = FileHandle.nullDevice
        try child.run()
        let (tracer, said) = (Process(), Pipe())
        tracer.executableURL = program
        tracer.arguments = ["-e", "trace=none", "-p", "\(child.processIdentifier)"]
        tracer.standardError = said
        try tracer.run()
        var text = ""
        while !text.contains("\n") {
            let chunk = said.fileHandleForReading.availableData
            if chunk.isEmpty { break }
            text += String(decoding: chunk, as: UTF8.self)
        }
        // Without input the child ends, and with it its tracer.
        try life.fileHandleForWriting.close()
        child.waitUntilExit()
        tracer.waitUntilExit()
        return text.contains(" attached")
    }
}
