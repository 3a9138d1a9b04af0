// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What a demo shows, and where its servers listen.
struct DemoPlan: Sendable {
    let seed: UInt64
    let days: Int
    /// What QuickBooks does with a repeated requestid while things go wrong; nil: nothing goes wrong.
    let mishaps: String?
    let isThrottled: Bool
    /// The keys the connection is made with.
    let keys: DemoKeys
    let isQuiet: Bool
    /// Where Daybook listens; port 0 takes a free one.
    let listen: ListenAddress
    /// Where the sandbox listens; port 0 takes a free one.
    let sandboxListen: ListenAddress

    /// The sandbox's longest late commit: 2 s instead of two minutes.
    ///
    /// Daybook's in-flight horizon is a second longer.
    let horizonSeconds = 2

    /// Tells the person who watches what happens; prints nothing where one line of JSON is wanted.
    func say(_ text: String) {
        guard !isQuiet else { return }
        print(text)
        fflush(nil)
    }
}
