// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Intuit has refused a refresh token once; only a second refusal is believed.
package struct PendingRefusal: Sendable {
    package let askedAgainAt: Date
    package let intuitTID: String?

    static let words = "Intuit refused the refresh token; Daybook asks once more in a few seconds"
}
