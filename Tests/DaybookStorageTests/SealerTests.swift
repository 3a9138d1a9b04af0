// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Testing

@Suite("Sealing")
struct SealerTests {
    private let sealer = Sealer.forTests

    private func context(_ row: Int, _ column: String) -> SealContext {
        SealContext(table: "connections", row: String(row), column: column, realm: "9130", generation: 4)
    }

    @Test("what was sealed opens in its own place, and looks different each time")
    func roundTrip() throws {
        let secret = Secret("refresh-token ✓")
        let sealed = try sealer.seal(secret, in: context(1, "refresh_token"))
        #expect(try sealer.openSecret(sealed, in: context(1, "refresh_token")) == secret)
        #expect(try sealer.seal(secret, in: context(1, "refresh_token")) != sealed)
    }

    @Test("a sealed value opens in no other row, column, table, company or generation")
    func swaps() throws {
        let places = (1...10).flatMap { row in ["access_token", "refresh_token"].map { context(row, $0) } }
        let sealed = try places.map { try sealer.seal([1, 2, 3], in: $0) }
        for (origin, value) in zip(places, sealed) {
            for place in places where place != origin {
                #expect(throws: SealError.doesNotBelong(place)) { try sealer.open(value, in: place) }
            }
        }
        let home = context(1, "access_token")
        let others = [
            SealContext(table: "apps", row: "1", column: "access_token", realm: "9130", generation: 4),
            SealContext(table: "connections", row: "1", column: "access_token", realm: "9131", generation: 4),
            SealContext(table: "connections", row: "1", column: "access_token", realm: "9130", generation: 5),
            SealContext(table: "connections", row: "1|", column: "access_token", realm: "9130", generation: 4),
        ]
        let value = try sealer.seal([1], in: home)
        for place in others { #expect(throws: SealError.doesNotBelong(place)) { try sealer.open(value, in: place) } }
    }

    @Test("no flipped bit and no cut end goes unnoticed")
    func damage() throws {
        let place = context(1, "access_token")
        let sealed = try sealer.seal(Array("a token of some length".utf8), in: place)
        for index in sealed.indices {
            for bit in 0..<8 {
                var changed = sealed
                changed[index] ^= 1 << bit
                #expect(throws: SealError.self) { try sealer.open(changed, in: place) }
            }
            #expect(throws: SealError.self) { try sealer.open(Array(sealed.prefix(index)), in: place) }
        }
    }

    @Test("another key does not open it and says which key would")
    func otherKey() throws {
        let place = context(1, "access_token")
        let other = Sealer(key: Array(repeating: 7, count: 32))
        let sealed = try sealer.seal([1], in: place)
        #expect(throws: SealError.otherKey(id: sealer.keyID)) { try other.open(sealed, in: place) }
    }

    @Test("neither a sealer nor its errors tell of the key or the secret")
    func silence() throws {
        #expect("\(sealer)" == "sealer \(sealer.keyID)")
        var text = ""
        dump(sealer, to: &text)
        #expect(!text.contains("SymmetricKey"))
        for error in [SealError.doesNotBelong(context(1, "access_token")), .notSealedByUs] {
            #expect(!"\(error)".contains("9130"))
        }
    }
}
