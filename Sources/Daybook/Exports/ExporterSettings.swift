// SPDX-License-Identifier: Apache-2.0

/// Settings of an exporter.
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

    /// No look is planned further ahead than this.
    var longestLookWait: Duration { inFlightHorizon + .seconds(60) }
}
