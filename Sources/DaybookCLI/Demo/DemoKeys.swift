// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// Which of an app's two sets of keys a demo connects with.
///
/// Intuit keeps two environments apart: production for production keys, and its sandbox for development keys. The
/// demo's Daybook is configured with both, and both are the sandbox on this machine.
enum DemoKeys: String, ExpressibleByArgument, CaseIterable, CustomStringConvertible {
    case production, development

    /// Daybook's name for the environment that they belong to.
    var environment: String {
        switch self {
        case .production: "production"
        case .development: "sandbox"
        }
    }

    var description: String { rawValue }
}
