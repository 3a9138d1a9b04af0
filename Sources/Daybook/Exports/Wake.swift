// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// When a step wants to be called again.
package enum Wake: Sendable, Equatable {
    /// There is more to do.
    case now
    /// Nothing before that moment, unless something new comes in.
    case at(Date)
    /// Nothing until something new comes in.
    case idle

    /// The earlier of two.
    package func or(_ other: Wake) -> Wake {
        switch (self, other) {
        case (.now, _), (_, .now): .now
        case (.at(let mine), .at(let theirs)): .at(min(mine, theirs))
        case (.at, .idle): self
        case (.idle, _): other
        }
    }
}
