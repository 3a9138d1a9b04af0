// SPDX-License-Identifier: Apache-2.0
// Only in the build of `make fuzz`, which links libFuzzer.
#if DAYBOOK_FUZZ
    import Foundation
    import Testing

    /// LLVM's fuzzer drives this process, and ends it.
    @Suite("The fuzzer")
    struct Fuzzer {
        private static let chosen = FuzzTarget.all.first { $0.name == ProcessInfo.processInfo.environment["TARGET"] }

        @Test("bytes by chance, led by what they reach in the code")
        func run() throws {
            _ = try #require(Self.chosen)
            let given = ProcessInfo.processInfo.environment["FUZZER_ARGUMENTS"] ?? ""
            let words = ["fuzz"] + given.split(separator: " ").map(String.init)
            var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = .allocate(capacity: words.count + 1)
            for (index, word) in words.enumerated() { arguments?[index] = strdup(word) }
            arguments?[words.count] = nil
            var count = CInt(words.count)
            // It comes back only where it could not begin.
            #expect(runDriver(&count, &arguments) { Fuzzer.check($0, $1) } == 0)
        }

        private static func check(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
            do {
                try chosen?.check(Array(UnsafeBufferPointer(start: start, count: count)))
                return 0
            } catch {
                // The fuzzer keeps the input of a run that ends the process.
                fatalError("\(error)")
            }
        }
    }

    @_silgen_name("LLVMFuzzerRunDriver")
    private func runDriver(
        _ count: UnsafeMutablePointer<CInt>,
        _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
        _ each: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
    ) -> CInt
#endif
