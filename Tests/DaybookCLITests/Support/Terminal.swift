// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A terminal with a person in front of it.
final class Terminal: Sendable {
    /// The person's side.
    private let keyboard: FileHandle
    /// The program's side.
    let device: FileHandle
    private let shown = Mutex((all: "", next: ""))
    private let news: AsyncStream<Void>

    init() throws {
        let (master, slave) = try Self.pair()
        guard slave >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        keyboard = FileHandle(fileDescriptor: master, closeOnDealloc: true)
        device = FileHandle(fileDescriptor: slave, closeOnDealloc: true)
        let (news, continuation) = AsyncStream.makeStream(of: Void.self)
        self.news = news
        keyboard.readabilityHandler = { [weak self] handle in
            let chunk = handle.availableData
            let text = String(decoding: chunk, as: UTF8.self)
            self?.shown.withLock { $0 = ($0.all + text, $0.next + text) }
            continuation.yield()
        }
    }

    private static func pair() throws -> (master: CInt, slave: CInt) {
        let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        #if canImport(Glibc)
            // What unlockpt and ptsname do; Swift's Glibc does not bring them along.
            var (isLocked, number): (CInt, CInt) = (0, 0)
            let (lock, name) = (UInt(0x4004_5431), UInt(0x8004_5430))
            guard ioctl(master, lock, &isLocked) == 0, ioctl(master, name, &number) == 0 else {
                throw POSIXError(.init(rawValue: errno) ?? .EIO)
            }
            return (master, open("/dev/pts/\(number)", O_RDWR | O_NOCTTY))
        #else
            guard grantpt(master) == 0, unlockpt(master) == 0, let name = ptsname(master) else {
                throw POSIXError(.init(rawValue: errno) ?? .EIO)
            }
            return (master, open(name, O_RDWR | O_NOCTTY))
        #endif
    }

    deinit { keyboard.readabilityHandler = nil }

    /// All that stood on the screen.
    var screen: String { shown.withLock { $0.all } }

    /// Waits until it shows something new.
    func wait(for text: String) async {
        if take(text) { return }
        for await _ in news where take(text) { return }
    }

    func type(_ text: String) throws { try keyboard.write(contentsOf: Data(text.utf8)) }

    /// Whether what is typed is shown.
    var echoes: Bool {
        var state = termios()
        return tcgetattr(device.fileDescriptor, &state) == 0 && state.c_lflag & tcflag_t(ECHO) != 0
    }

    /// How much of what was typed nobody has read: the next program, a shell, would.
    var unread: Int {
        var state = termios()
        guard tcgetattr(device.fileDescriptor, &state) == 0 else { return -1 }
        // A line that was not finished counts too.
        cfmakeraw(&state)
        guard tcsetattr(device.fileDescriptor, TCSANOW, &state) == 0 else { return -1 }
        var count: CInt = 0
        return ioctl(device.fileDescriptor, UInt(FIONREAD), &count) == 0 ? Int(count) : -1
    }

    private func take(_ text: String) -> Bool {
        shown.withLock { shown in
            guard let place = shown.next.range(of: text) else { return false }
            shown.next.removeSubrange(..<place.upperBound)
            return true
        }
    }
}
