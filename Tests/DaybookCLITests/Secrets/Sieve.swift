// SPDX-License-Identifier: Apache-2.0

/// Looks for many secrets, in all their spellings, in one pass over what was written.
struct Sieve {
    struct Catch: Hashable {
        let canary: Canary
        let spelling: Spelling
    }

    private struct Needle {
        let bytes: [UInt8]
        let names: Catch
    }

    private var needles: [UInt64: [Needle]] = [:]
    /// Whether eight bytes can be the beginning of a needle; most can't, and this says so at once.
    private var mayBegin = [Bool](repeating: false, count: 1 << 16)

    init(_ canaries: some Sequence<Canary>) {
        for canary in canaries {
            for piece in canary.pieces {
                var known: Set<[UInt8]> = []
                for spelling in Spelling.allCases {
                    let bytes = spelling.bytes(of: piece)
                    // Anything shorter would be found by chance.
                    precondition(bytes.count >= 12, "\(canary.name) is too short to be looked for")
                    guard known.insert(bytes).inserted else { continue }
                    let key = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
                    let names = Catch(canary: canary, spelling: spelling)
                    needles[key, default: []].append(Needle(bytes: bytes, names: names))
                    mayBegin[Self.slot(key)] = true
                }
            }
        }
    }

    func catches(in hay: [UInt8]) -> Set<Catch> {
        var found: Set<Catch> = []
        hay.withUnsafeBufferPointer { hay in
            var window: UInt64 = 0
            var index = 0
            while index < hay.count {
                window = window << 8 | UInt64(hay[index])
                index += 1
                guard index >= 8, mayBegin[Self.slot(window)], let candidates = needles[window] else { continue }
                let start = index - 8
                for needle in candidates where needle.bytes.count <= hay.count - start {
                    if needle.bytes.elementsEqual(hay[start..<start + needle.bytes.count]) {
                        found.insert(needle.names)
                    }
                }
            }
        }
        return found
    }

    private static func slot(_ key: UInt64) -> Int { Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 48) }
}
