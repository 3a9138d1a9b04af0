// SPDX-License-Identifier: Apache-2.0

/// What an exporter may be told.
package struct ExporterSettings: Sendable {
    /// Names this worker in leases.
    package let holder: String
    /// How long after our last byte QuickBooks may still book a request: its gateway gives up after
    /// 120 s, and 10 s are for the way.
    package let inFlightHorizon: Duration

    package init(holder: String, inFlightHorizon: Duration = .seconds(130)) {
        self.holder = holder
        self.inFlightHorizon = inFlightHorizon
    }

    /// Further ahead than this no look is set.
    var longestLookWait: Duration { inFlightHorizon + .seconds(60) }
}
