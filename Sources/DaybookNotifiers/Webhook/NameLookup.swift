// SPDX-License-Identifier: Apache-2.0
import Daybook
import Dispatch
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Asks the system for the addresses of a name, as every other program of this machine would.
enum NameLookup {
    /// Empty where the name has none, or the answer takes longer than ten seconds.
    static func addresses(of host: String) async -> [IPAddress] {
        await withCheckedContinuation { continuation in
            let once = Once(continuation)
            DispatchQueue.global().async { once.resume(found(host)) }
            DispatchQueue.global().asyncAfter(deadline: .now() + 10) { once.resume([]) }
        }
    }

    /// A continuation that the quicker of two resumes.
    private final class Once: Sendable {
        private let waiting: Mutex<CheckedContinuation<[IPAddress], Never>?>

        init(_ continuation: CheckedContinuation<[IPAddress], Never>) { waiting = Mutex(continuation) }

        func resume(_ addresses: [IPAddress]) {
            let continuation = waiting.withLock { waiting in
                defer { waiting = nil }
                return waiting
            }
            continuation?.resume(returning: addresses)
        }
    }

    private static func found(_ host: String) -> [IPAddress] {
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, nil, &first) == 0 else { return [] }
        defer { freeaddrinfo(first) }
        var (addresses, next): ([IPAddress], _) = ([], first)
        while let entry = next?.pointee {
            if let address = address(entry), !addresses.contains(address) { addresses.append(address) }
            next = entry.ai_next
        }
        return addresses
    }

    private static func address(_ entry: addrinfo) -> IPAddress? {
        var text = [CChar](repeating: 0, count: 128)
        guard
            getnameinfo(entry.ai_addr, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0
        else { return nil }
        let whole = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        // A link-local address names its interface after a percent sign.
        return IPAddress(whole.prefix { $0 != "%" })
    }
}
