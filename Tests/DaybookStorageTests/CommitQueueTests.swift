// SPDX-License-Identifier: Apache-2.0
import GRDB
import Synchronization
import Testing

@testable import DaybookStorage

@Suite("Writes that wait for the writer")
struct CommitQueueTests {
    private struct Refused: Error {}

    /// What became of each write, by its number.
    private final class Fates: Sendable {
        let succeeded = Mutex<[Int]>([])
        let failed = Mutex<[Int]>([])
    }

    /// A queue before a database whose commits are counted.
    private final class Fixture: Sendable {
        let queue = CommitQueue()
        let fates = Fates()
        let statements = Mutex<[String]>([])
        let database: DatabaseQueue

        init() throws {
            database = try DatabaseQueue()
            try database.write { try $0.execute(sql: "CREATE TABLE numbers (number INTEGER NOT NULL UNIQUE)") }
            database.writeWithoutTransaction { database in
                database.trace { [self] event in statements.withLock { $0.append("\(event)") } }
            }
        }

        func add(_ number: Int, value: Int? = nil, isAlone: Bool = false, thenFails: Bool = false) -> Bool {
            queue.add(
                CommitQueue.Write(
                    isAlone: isAlone,
                    run: { [fates] sql in
                        try sql.run("INSERT INTO numbers VALUES ($1)", [.int(value ?? number)])
                        if thenFails { throw Refused() }
                        return { fates.succeeded.withLock { $0.append(number) } }
                    }, fail: { [fates] _ in fates.failed.withLock { $0.append(number) } }))
        }

        func commit() -> Bool { database.writeWithoutTransaction { queue.commit(in: $0) } }

        var commits: Int { statements.withLock { $0.count { $0.hasPrefix("COMMIT") } } }
        var numbers: [Int] {
            get throws { try database.read { try Int.fetchAll($0, sql: "SELECT number FROM numbers ORDER BY number") } }
        }
    }

    @Test("that arrived together share one commit, and each hears of its own")
    func together() throws {
        let fixture = try Fixture()
        #expect(fixture.add(1))
        for number in 2...64 { #expect(!fixture.add(number), "the writer is asked once") }
        #expect(!fixture.commit())
        #expect(fixture.commits == 1)
        #expect(fixture.fates.succeeded.withLock { $0 } == Array(1...64))
        #expect(try fixture.numbers == Array(1...64))
        #expect(fixture.add(65), "the writer has to be asked again")
    }

    @Test("one that fails changes nothing and disturbs no other, whether it or the database refuses")
    func failing() throws {
        let fixture = try Fixture()
        for number in 1...5 { _ = fixture.add(number, value: number == 4 ? 1 : nil, thenFails: number == 2) }
        _ = fixture.commit()
        #expect(fixture.fates.succeeded.withLock { $0 } == [1, 3, 5])
        #expect(fixture.fates.failed.withLock { $0 } == [2, 4])
        #expect(fixture.commits == 1)
        #expect(try fixture.numbers == [1, 3, 5])
    }

    @Test("a commit that fails is a failure for each of them, and nothing is there")
    func failedCommit() throws {
        let fixture = try Fixture()
        try fixture.database.writeWithoutTransaction { database in
            try database.execute(
                sql: """
                    PRAGMA foreign_keys = ON;
                    CREATE TABLE pointers (number INTEGER REFERENCES numbers (number) DEFERRABLE INITIALLY DEFERRED);
                    CREATE TRIGGER dangling AFTER INSERT ON numbers WHEN NEW.number = 2
                    BEGIN INSERT INTO pointers VALUES (99); END
                    """)
        }
        for number in 1...3 { _ = fixture.add(number) }
        _ = fixture.commit()
        #expect(fixture.fates.succeeded.withLock { $0 } == [])
        #expect(fixture.fates.failed.withLock { $0 } == [1, 2, 3])
        #expect(try fixture.numbers == [])
    }

    @Test("a long one has its commit to itself; those before and after it don't wait for it")
    func alone() throws {
        let fixture = try Fixture()
        for number in 1...5 { _ = fixture.add(number, isAlone: number == 3) }
        #expect(fixture.commit())
        #expect(fixture.fates.succeeded.withLock { $0 } == [1, 2])
        #expect(fixture.commit())
        #expect(fixture.fates.succeeded.withLock { $0 } == [1, 2, 3])
        #expect(!fixture.commit())
        #expect(fixture.fates.succeeded.withLock { $0 } == [1, 2, 3, 4, 5])
        #expect(fixture.commits == 3)
    }
}
