// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookStorage
import Synchronization
import Testing

@Suite("Passwords hashed with scrypt")
struct ScryptTests {
    private let cheap = ScryptPasswords(cost: ScryptCost(doublings: 4))

    /// RFC 7914, section 12; the fourth takes a gigabyte.
    @Test(
        "the key is the RFC's",
        arguments: [
            (
                ScryptCost(doublings: 4, blockSize: 1), "", "",
                "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                    + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"
            ),
            (
                ScryptCost(doublings: 10, parallelism: 16), "password", "NaCl",
                "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                    + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
            ),
            (
                ScryptCost(doublings: 14), "pleaseletmein", "SodiumChloride",
                "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                    + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
            ),
        ])
    func vectors(_ cost: ScryptCost, _ password: String, _ salt: String, _ key: String) throws {
        #expect(try cost.key(Array(password.utf8), salt: Array(salt.utf8), count: 64).hex == key)
    }

    @Test("a password matches its own hash, and no other does", arguments: ["correct horse", "", "日本語のパスワード"])
    func roundTrip(_ text: String) async throws {
        let hash = try await cheap.hash(Secret(text))
        #expect(try await cheap.matches(Secret(text), hash))
        #expect(try await !cheap.matches(Secret(text + " "), hash))
        #expect(try await cheap.hash(Secret(text)) != hash, "each has a salt of its own")
    }

    @Test("the same letters match however they are composed")
    func composed() async throws {
        let hash = try await cheap.hash(Secret("Caf\u{E9} au lait"))
        #expect(try await cheap.matches(Secret("Cafe\u{301} au lait"), hash))
    }

    @Test("the text says how it was made, and is read that way whatever new hashes cost")
    func settings() async throws {
        let hash = try await cheap.hash(Secret("correct horse"))
        let parts = hash.text.split(separator: "$")
        #expect(parts.prefix(4) == ["scrypt", "4", "8", "1"])
        #expect(parts.dropFirst(4).map(\.utf8.count) == [24, 44], "16 and 32 bytes in base64")
        let dearer = ScryptPasswords(cost: ScryptCost(doublings: 5))
        #expect(try await dearer.matches(Secret("correct horse"), hash))
        #expect(dearer.isOutdated(hash) && !cheap.isOutdated(hash))
        let stronger = try await dearer.hash(Secret("correct horse"))
        #expect(!cheap.isOutdated(stronger))
    }

    @Test("new hashes cost what OWASP recommends")
    func usual() async throws {
        #expect(ScryptCost.usual == ScryptCost(doublings: 17, blockSize: 8, parallelism: 1))
        let cheapHash = try await cheap.hash(Secret("x"))
        #expect(ScryptPasswords().isOutdated(cheapHash))
    }

    @Test("nobody's password is never right, and what was not written by Daybook neither")
    func nobodys() async throws {
        #expect(try await !cheap.matches(Secret("correct horse"), nil))
        let hash = try await cheap.hash(Secret("correct horse")).text
        let damaged = [
            "", "correct horse", hash.replacing("scrypt", with: "bcrypt"), hash.replacing("$4$", with: "$x$"),
            hash.replacing("$4$", with: "$60$"), hash.replacing("$8$", with: "$0$"), hash + "$",
            String(hash.dropLast(44)),
        ]
        for text in damaged {
            #expect(try await !cheap.matches(Secret("correct horse"), PasswordHash(text: text)), "\(text)")
            #expect(cheap.isOutdated(PasswordHash(text: text)), "\(text)")
        }
    }

    @Test("for nobody's password as much is computed as for somebody's")
    func takesAsLong() async throws {
        let turns = Turns(atOnce: 1)
        let passwords = ScryptPasswords(
            cost: ScryptCost(doublings: 4), randomness: SystemRandomness(), turns: turns)
        let done = Done()
        let (held, holding) = AsyncStream.makeStream(of: Void.self)
        let (gate, opening) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                await turns.take {
                    holding.finish()
                    for await _ in gate {}
                    return true
                }
            }
            for await _ in held {}
            group.addTask {
                defer { done.happened() }
                return try await passwords.matches(Secret("correct horse"), nil)
            }
            while turns.waiting == 0, !done.hasHappened { await Task.yield() }
            #expect(turns.waiting == 1, "it asks for its turn like any other")
            opening.finish()
            let answers = try await group.reduce(into: Set<Bool>()) { $0.insert($1) }
            #expect(answers == [true, false])
        }
    }
}

private final class Done: Sendable {
    private let flag = Mutex(false)

    var hasHappened: Bool { flag.withLock { $0 } }

    func happened() { flag.withLock { $0 = true } }
}

@Suite("A few at once")
struct TurnsTests {
    @Test("no more than so many are let in, and the others in the order of arrival")
    func limit() async {
        let turns = Turns(atOnce: 2)
        let (entered, entering) = AsyncStream.makeStream(of: Int.self)
        let gates = (0..<5).map { _ in AsyncStream.makeStream(of: Void.self) }
        var arrivals = entered.makeAsyncIterator()
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<5 {
                let gate = gates[index].stream
                group.addTask {
                    await turns.take {
                        entering.yield(index)
                        for await _ in gate {}
                    }
                }
                // Each has come before the next one does.
                if index < 2 { #expect(await arrivals.next() == index) }
                while turns.waiting != max(0, index - 1) { await Task.yield() }
            }
            for (done, next) in [(1, 2), (0, 3), (3, 4)] {
                gates[done].continuation.finish()
                #expect(await arrivals.next() == next)
                #expect(turns.waiting == 4 - next)
            }
            for gate in gates { gate.continuation.finish() }
            await group.waitForAll()
        }
    }

    @Test("a turn that fails is over")
    func failed() async throws {
        let turns = Turns(atOnce: 1)
        await #expect(throws: ExampleFailure.self) { try await turns.take { throw ExampleFailure() } }
        #expect(await turns.take { 1 } == 1)
    }
}

@Suite("HMAC with SHA-1")
struct MessageAuthenticationTests {
    /// RFC 2202, section 3.
    @Test(
        "is the RFC's",
        arguments: [
            (Array(repeating: 0x0b, count: 20), Array("Hi There".utf8), "b617318655057264e28bc0b6fb378c8ef146be00"),
            (
                Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
                "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
            ),
            (
                Array(repeating: 0xaa, count: 80),
                Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
                "aa4ae5e15272d00e95705637ce8a3b55ed402112"
            ),
        ] as [([UInt8], [UInt8], String)])
    func vectors(_ key: [UInt8], _ message: [UInt8], _ expected: String) {
        #expect(SystemMessageAuthentication().hmacSHA1(message, key: key).hex == expected)
    }
}
