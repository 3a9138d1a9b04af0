// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A token for a company, good for at least a call.
package struct UsableToken: Sendable, Equatable {
    package let environment: Environment.Name
    package let accessToken: Secret
    package let company: Company
    package let generation: Int64

    package init(environment: Environment.Name, accessToken: Secret, company: Company, generation: Int64) {
        self.environment = environment
        self.accessToken = accessToken
        self.company = company
        self.generation = generation
    }
}

package enum TokenAvailability: Sendable, Equatable {
    case usable(UsableToken)
    /// None now; nil when only a person can change that.
    case unavailable(retryAt: Date?)
}
