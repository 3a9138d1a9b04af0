// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// Which of an app's two sets of keys a demo connects with.
///
/// Intuit has two environments, which don't know each other: production for production keys, and its sandbox for
/// development keys. The demo's Daybook has both, as it is at Intuit, and both are the sandbox on this machine.
enum DemoKeys: String, ExpressibleByArgument, CaseIterable, CustomStringConvertible {
    case production, development

    /// The environment that they belong to, as Daybook calls it.
    var environment: String {
        switch self {
        case .production: "production"
        case .development: "sandbox"
        }
    }

    var description: String { rawValue }
}
