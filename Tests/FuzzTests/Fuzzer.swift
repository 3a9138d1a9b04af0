// SPDX-License-Identifier: Apache-2.0
// Only in the build of `make fuzz`, which links LLVM's libFuzzer.
#if DAYBOOK_FUZZ
    import Foundation
    import Testing

    /// libFuzzer drives this process and ends it.
    ///
    /// It makes inputs of those that it has, and keeps each that reaches code that none before it has reached. The test's
    /// process is where executables, such as `daybook`, can be linked and looked into.
    @Suite("The fuzzer")
    struct Fuzzer {
        private static let environment = ProcessInfo.processInfo.environment
        private static let chosen = FuzzTarget.all.first { $0.name == environment["FUZZ_TARGET"] }

        @Test("inputs by chance, led by what they reach in the code")
        func run() throws {
            _ = try #require(Self.chosen, "FUZZ_TARGET names no target")
            let given = Self.environment["FUZZ_ARGUMENTS"] ?? ""
            let words = ["fuzz"] + given.split(separator: "\n").map(String.init)
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
                // libFuzzer keeps the input of a run that ends the process.
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
