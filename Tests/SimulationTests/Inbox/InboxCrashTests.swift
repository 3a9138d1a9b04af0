// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import Testing

@Suite("The inbox, with a crash at each of its operations")
struct InboxCrashTests {
    @Test("no file is lost, none is taken twice, and each is once in the history")
    func everyOperation() async throws {
        let days = try InboxDays(seed: 12)
        let calls = try await days.day(crashAt: nil)
        #expect(calls > 20)
        var number = 0
        for call in 1...calls {
            for moment in [CrashPlan.Moment.before, .after] {
                _ = try await days.day(crashAt: (call, moment))
                number += 1
            }
        }
        print("Inbox: \(number) crashes at \(calls) operations")
    }

    @Test("a file that can't be moved holds up no other, and keeps its report")
    func stuck() async throws {
        let days = try InboxDays(seed: 14)
        try await days.stuck()
    }

    @Test("a file that grows while it is read is read again, and loses nothing")
    func grows() async throws {
        let days = try InboxDays(seed: 13)
        try await days.growing()
    }
}

/// Days on which files come into the inbox of one world.
private final class InboxDays {
    private let world: World
    private let folder: String
    private var inbox: Inbox
    private var number = 0
    /// What must be in the books.
    private var expected: Set<String> = []

    init(seed: UInt64) throws {
        world = try World(WorldPlan(seed: seed))
        folder = world.folder.appending(path: "inbox").path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        inbox = Self.inbox(folder, world)
    }

    private static func inbox(_ folder: String, _ world: World) -> Inbox {
        let worker = world.worker
        return Inbox(
            folder: CrashingInbox(inner: DirectoryInbox(folder), plan: worker.crashes), storage: worker.storage,
            intake: worker.desk.intake, clock: world.clock)
    }

    /// A good file, a file of two transactions, one with a mistake and one that nobody can read; then looks until all are
    /// gone.
    ///
    /// - Returns: How many operations it took.
    func day(crashAt crash: (call: Int, moment: CrashPlan.Moment)?) async throws -> Int {
        number += 1
        let contents = [
            "a.json": transaction("\(number)-1"),
            "b.json": "[\(transaction("\(number)-2")),\(transaction("\(number)-3"))]",
            "c.json": "[\(transaction("\(number)-4")),{\"source\":\"counter\"}]", "d.xls": "what is this",
        ]
        for (name, text) in contents { try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8) }
        let before = world.worker.crashes.calls
        if let crash { world.worker.crashes.crash(at: crash.call, crash.moment) }
        var calls = 0
        while try !left().isEmpty || world.worker.crashes.isDead {
            do {
                _ = try await inbox.look()
                world.advance(by: .seconds(5))
            } catch is Crash {
                try await world.restart()
                inbox = Self.inbox(folder, world)
            }
        }
        calls = world.worker.crashes.calls - before
        // What was done before a crash is forgotten at the next look.
        _ = try await inbox.look()
        expected.formUnion(["\(number)-1", "\(number)-2", "\(number)-3"])
        try await check(contents)
        return calls
    }

    func stuck() async throws {
        let mistakes = "[\((1...3).map { "{\"source\":\"\($0)\"}" }.joined(separator: ","))]"
        try mistakes.write(toFile: "\(folder)/a.json", atomically: false, encoding: .utf8)
        try transaction("s-1").write(toFile: "\(folder)/b.json", atomically: false, encoding: .utf8)
        let stuck = StuckInbox(inner: DirectoryInbox(folder), name: "a.json")
        let inbox = Inbox(
            folder: stuck, storage: world.worker.storage, intake: world.worker.desk.intake, clock: world.clock)
        for _ in 1...4 {
            _ = try await inbox.look()
            world.advance(by: .seconds(5))
        }
        expected = ["s-1"]
        #expect(try await recorded() == expected)
        #expect(try left() == ["a.json"] && inbox.troubles.count == 1)
        #expect(try await world.storage.receivedFiles(limit: 9).count == 2)
        let id = try #require(try await world.storage.receivedFiles(limit: 9).first { $0.name == "a.json" }).id
        let report = try String(contentsOfFile: "\(folder)/refused/a-\(id.value).json.txt", encoding: .utf8)
        #expect(report.components(separatedBy: "store is missing").count == 4, "all three mistakes: \(report)")
    }

    func growing() async throws {
        let first = transaction("g-1")
        let path = "\(folder)/g.ndjson"
        try (first + "\n").write(toFile: path, atomically: false, encoding: .utf8)
        _ = try await inbox.look()
        world.advance(by: .seconds(5))
        // It is written to after it was taken, before it is moved.
        let growing = GrowingInbox(inner: DirectoryInbox(folder), growing: path, more: transaction("g-2") + "\n")
        let slow = Inbox(
            folder: growing, storage: world.worker.storage, intake: world.worker.desk.intake, clock: world.clock)
        _ = try await slow.look()
        world.advance(by: .seconds(5))
        #expect(try await slow.look().moved.isEmpty)
        #expect(try left() == ["g.ndjson"])
        for _ in 1...3 {
            world.advance(by: .seconds(5))
            _ = try await slow.look()
        }
        expected = ["g-1", "g-2"]
        #expect(try left().isEmpty)
        #expect(try await recorded() == expected)
    }

    private func transaction(_ id: String) -> String {
        """
        {"source":"counter","store":1,"id":"\(id)","type":"invoice","date":"2023-11-14",\
        "charges":[{"kind":"rental","category":"aerial","amount":"10.00"}]}
        """
    }

    private func left() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { !["taken", "refused"].contains($0) }
    }

    private func recorded() async throws -> Set<String> {
        var found: Set<String> = []
        for id in expected {
            let key = Transaction.Key(source: "counter", store: .defaults, id: id)
            if try await world.storage.transaction(key: key) != nil { found.insert(id) }
        }
        return found
    }

    private func check(_ contents: [String: String]) async throws {
        #expect(try await recorded() == expected, "day \(number)")
        #expect(try await world.storage.exports(matching: .init()).total == .exactly(expected.count), "day \(number)")
        #expect(try await world.storage.filesUnderWay().isEmpty, "day \(number)")
        let files = try await world.storage.receivedFiles(limit: 4)
        #expect(Set(files.map(\.name)) == Set(contents.keys), "each once, day \(number)")
        #expect(try await world.storage.receivedFiles(limit: 9_999).count == number * 4)
        for file in files {
            let isTaken = ["a.json", "b.json"].contains(file.name)
            #expect(file.state == (isTaken ? .taken : .refused))
            let parts = file.name.split(separator: ".")
            let path = "\(folder)/\(isTaken ? "taken" : "refused")/\(parts[0])-\(file.id.value).\(parts[1])"
            #expect(try String(contentsOfFile: path, encoding: .utf8) == contents[file.name])
            let report = try String(contentsOfFile: path + ".txt", encoding: .utf8)
            #expect(report.contains(isTaken ? "was taken" : "was refused") && report.contains("file \(file.id.value)"))
        }
        for end in ["taken", "refused"] {
            let there = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(end)")
            #expect(there.count == number * 4, "two files with a report each, day \(number): \(there.sorted())")
        }
    }
}

/// An inbox one file of which is written to while it is read.
private struct GrowingInbox: InboxFolder {
    let inner: DirectoryInbox
    /// The file's path, and what is written to it.
    let growing: String
    let more: String

    var path: String { inner.path }

    func files() throws -> [InboxFile] { try inner.files() }

    func isUnchanged(_ file: InboxFile) throws -> Bool { try inner.isUnchanged(file) }

    func copy(of file: InboxFile) throws -> any InboxContent {
        let copy = try inner.copy(of: file)
        try grow()
        return copy
    }

    func isFree(_ name: String, in end: InboxEnd) throws -> Bool { try inner.isFree(name, in: end) }

    private func grow() throws {
        guard try !String(contentsOfFile: growing, encoding: .utf8).contains("g-2") else { return }
        let handle = try #require(FileHandle(forWritingAtPath: growing))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(more.utf8))
        try handle.close()
    }

    func write(report: String, forFileNamed name: String, in end: InboxEnd) throws {
        try inner.write(report: report, forFileNamed: name, in: end)
    }

    func move(_ file: InboxFile, to end: InboxEnd, as name: String) throws {
        try inner.move(file, to: end, as: name)
    }
}

/// An inbox from which one file can't be moved.
private struct StuckInbox: InboxFolder {
    let inner: DirectoryInbox
    let name: String

    var path: String { inner.path }

    func files() throws -> [InboxFile] { try inner.files() }

    func isUnchanged(_ file: InboxFile) throws -> Bool { try inner.isUnchanged(file) }

    func copy(of file: InboxFile) throws -> any InboxContent { try inner.copy(of: file) }

    func isFree(_ name: String, in end: InboxEnd) throws -> Bool { try inner.isFree(name, in: end) }

    func write(report: String, forFileNamed name: String, in end: InboxEnd) throws {
        try inner.write(report: report, forFileNamed: name, in: end)
    }

    func move(_ file: InboxFile, to end: InboxEnd, as name: String) throws {
        guard file.name != self.name else { throw InboxTrouble("it can't be moved") }
        try inner.move(file, to: end, as: name)
    }
}
