// SPDX-License-Identifier: Apache-2.0
@testable import Daybook
import Foundation
import Testing

@Suite("Which files of the inbox are complete")
struct InboxWatchTests {
    private static func file(_ name: String, _ size: Int = 1) -> InboxFile {
        InboxFile(name: name, identity: "\(name) \(size)", size: size)
    }

    private static func time(_ second: Double) -> Date { Date(timeIntervalSince1970: 1_700_000_000 + second) }

    @Test("a file is complete once nothing was written to it for five seconds")
    func quiet() {
        var watch = InboxWatch(quiet: .seconds(5))
        let (short, long) = (Self.file("a.iif", 10), Self.file("a.iif", 20))
        #expect(watch.complete(of: [short], at: Self.time(0)).isEmpty)
        #expect(watch.complete(of: [short], at: Self.time(4)).isEmpty)
        // It has grown.
        #expect(watch.complete(of: [long], at: Self.time(5)).isEmpty)
        #expect(watch.complete(of: [long], at: Self.time(9.9)).isEmpty)
        #expect(watch.complete(of: [long], at: Self.time(10)) == [long])
    }

    @Test("a file that went and came back waits anew")
    func cameBack() {
        var watch = InboxWatch(quiet: .seconds(5))
        let file = Self.file("a.iif")
        _ = watch.complete(of: [file], at: Self.time(0))
        _ = watch.complete(of: [], at: Self.time(2))
        #expect(watch.complete(of: [file], at: Self.time(6)).isEmpty)
    }

    @Test("a clock that is set back begins the wait again, and never ends it early")
    func clock() {
        var watch = InboxWatch(quiet: .seconds(5))
        let file = Self.file("a.iif")
        _ = watch.complete(of: [file], at: Self.time(100))
        #expect(watch.complete(of: [file], at: Self.time(0)).isEmpty)
        #expect(watch.complete(of: [file], at: Self.time(5)) == [file])
    }

    @Test(
        "unfinished downloads and copies wait for ever",
        arguments: ["a.part", "a.TMP", "b.crdownload", "c.filepart", "d~"])
    func unfinished(_ name: String) {
        var watch = InboxWatch(quiet: .seconds(5))
        _ = watch.complete(of: [Self.file(name)], at: Self.time(0))
        #expect(watch.complete(of: [Self.file(name)], at: Self.time(1_000)).isEmpty)
    }
}
