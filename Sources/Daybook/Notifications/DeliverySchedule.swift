// SPDX-License-Identifier: Apache-2.0

/// When a failed delivery is tried again.
///
/// It is pure.
package enum DeliverySchedule {
    /// The pause after the first failure, the second, and so on; after one more failure the delivery is given up.
    package static let pauses: [Duration] = [
        .seconds(60), .seconds(5 * 60), .seconds(30 * 60), .seconds(2 * 3_600), .seconds(12 * 3_600),
    ]

    /// - Parameter failures: How many attempts have failed, at least 1.
    /// - Returns: How long to wait for the next one; nil when it is given up.
    package static func pause(after failures: Int) -> Duration? {
        pauses.indices.contains(failures - 1) ? pauses[failures - 1] : nil
    }
}
