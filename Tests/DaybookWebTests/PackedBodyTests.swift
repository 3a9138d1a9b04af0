// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@Suite("A body packed with gzip")
struct PackedBodyTests {
    private static let limits = GzipInflater.Limits(size: 4 << 20, ratio: 200)

    private func unpacked(_ packed: ByteBuffer, limits: GzipInflater.Limits = Self.limits) throws -> ByteBuffer {
        let inflater = try GzipInflater(limits)
        var packed = packed
        // In pieces, as a network delivers it.
        while let piece = packed.readSlice(length: min(7, max(1, packed.readableBytes))) { try inflater.append(piece) }
        return try inflater.finish()
    }

    @Test("is what was packed, however it is cut, also when it is several packed files one after the other")
    func whole() throws {
        let text = (0..<20_000).map { "line \($0)\n" }.joined()
        #expect(String(buffer: try unpacked(try Gzip.packed(Array(text.utf8)))) == text)
        var two = try Gzip.packed(Array("monday\n".utf8))
        two.writeImmutableBuffer(try Gzip.packed(Array("tuesday\n".utf8)))
        #expect(String(buffer: try unpacked(two)) == "monday\ntuesday\n")
        #expect(try unpacked(try Gzip.packed([])).readableBytes == 0)
    }

    @Test("that becomes too large is refused at once, by its size and by its density")
    func bomb() throws {
        let zeros = try Gzip.packed(repeatElement(UInt8(0), count: 3 << 20))
        #expect(throws: GzipInflater.Failure.tooDense) { try unpacked(zeros) }
        #expect(throws: GzipInflater.Failure.tooLarge) {
            try unpacked(zeros, limits: .init(size: 2 << 20, ratio: 2_000))
        }
        let small = try Gzip.packed(repeatElement(UInt8(0), count: 1 << 20))
        #expect(try unpacked(small).readableBytes == 1 << 20, "a megabyte is no bomb")
    }

    @Test("that is cut, damaged, or no gzip at all is refused")
    func broken() throws {
        let packed = try Gzip.packed(Array("monday".utf8))
        for length in [0, 1, 9, 12, packed.readableBytes - 1] {
            #expect(throws: GzipInflater.Failure.cut, "\(length)") {
                try unpacked(try present(packed.getSlice(at: 0, length: length)))
            }
        }
        var damaged = packed
        let last = damaged.writerIndex - 6
        damaged.setInteger(try present(packed.getInteger(at: last, as: UInt8.self)) ^ 1, at: last)
        #expect(throws: GzipInflater.Failure.damaged) { try unpacked(damaged) }
        #expect(throws: GzipInflater.Failure.damaged) { try unpacked(ByteBuffer(string: "{}")) }
    }

    private struct Call {
        var type = "application/json"
        var coding = "gzip"
        let body: ByteBuffer
        let status: Int
        let words: String
    }

    @Test("is taken as the file it is, or refused in words, and nothing of it is taken")
    func overHTTP() async throws {
        let invoice = Array(SiteFixture.invoice("1").utf8)
        let packed = try Gzip.packed(invoice)
        let calls = [
            Call(body: try present(packed.getSlice(at: 0, length: 40)), status: 400, words: "ends too early"),
            Call(body: ByteBuffer(bytes: invoice), status: 400, words: "send it as it is without that header"),
            Call(
                body: try Gzip.packed(repeatElement(UInt8(32), count: 3 << 20)), status: 413,
                words: "more than 200 times as large"),
            Call(coding: "br", body: packed, status: 415, words: "“br” is not taken here. Pack the body with gzip"),
            Call(coding: "gzip, gzip", body: packed, status: 415, words: "“gzip, gzip” is not taken here"),
            Call(body: packed, status: 201, words: "recorded"),
            Call(coding: "X-GZIP", body: packed, status: 200, words: "repeat"),
            Call(coding: "identity", body: ByteBuffer(bytes: invoice), status: 200, words: "repeat"),
        ]
        try await SiteFixture.open { fixture in
            try await Application(router: fixture.site.router()).test(.router) { client in
                for call in calls {
                    let answer = try await client.execute(
                        uri: "/api/v1/transactions", method: .post,
                        headers: [.contentType: call.type, .contentEncoding: call.coding], body: call.body)
                    let text = String(buffer: answer.body)
                    #expect(answer.status.code == call.status && text.contains(call.words), "\(text)")
                    #expect(answer.headers[.acceptEncoding] == (call.status == 415 ? "gzip, identity" : nil))
                }
            }
            #expect(fixture.failures.all.isEmpty)
        }
    }

    @Test("that is larger unpacked than a call takes is refused with the limit and what to do")
    func tooLarge() async throws {
        // Digits that repeat only farther back than gzip looks, so that their density is no reason.
        var seed: UInt64 = 1
        let digits = (0..<(64 << 10)).map { _ in
            seed = seed &* 6_364_136_223_846_793_005 &+ 1
            return UInt8(48 + (seed >> 60) % 10)
        }
        var text = ByteBuffer()
        for _ in 0...(APIBody.sizeLimit / digits.count) { text.writeBytes(digits) }
        let packed = try Gzip.packed(text.readableBytesView, level: 1)
        let request = Request(
            head: HTTPRequest(
                method: .post, scheme: "http", authority: "localhost", path: "/",
                headerFields: [.contentEncoding: "gzip"]), body: RequestBody(buffer: packed))
        let refused = await #expect(throws: HTTPProblem.self) { _ = try await APIBody.file(request) }
        #expect(refused?.status == .contentTooLarge)
        #expect(refused?.detail.hasPrefix("One call takes up to 32 MiB, unpacked; nothing was taken. Split") == true)
        #expect(refused?.detail.contains("daybook import") == true)
    }

    @Test("is not taken where no file is", arguments: ["/api/v1/exports/hold", "/exports/hold"])
    func elsewhere(_ path: String) async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let type = path.hasPrefix("/api") ? "application/json" : "application/x-www-form-urlencoded"
                let answer = try await visitor.send(
                    .post, path,
                    headers: [.contentType: type, .contentEncoding: "gzip", .origin: visitor.origin], body: "{}")
                #expect(answer.status == 415 && answer.headers[.acceptEncoding] == "identity")
                #expect(answer.words.contains("Leave the header out"))
            }
        }
    }
}
