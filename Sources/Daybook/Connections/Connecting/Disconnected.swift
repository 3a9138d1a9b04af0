// SPDX-License-Identifier: Apache-2.0

/// The outcome of **Disconnect**; in each case the tokens are erased here.
package enum Disconnected: String, Sendable, Equatable, CaseIterable {
    case endedAtIntuit = "ended"
    /// The grant is ended; a consent that still waited could not be.
    case partlyEndedAtIntuit = "partly-ended"
    /// Intuit accepted none of the tokens any more.
    case unknownAtIntuit = "unknown-at-intuit"
    /// There was no token.
    case nothingToEnd = "nothing-to-end"
    /// Intuit was not told, because the person asked to forget the connection here only.
    case forgotten

    package var words: String {
        switch self {
        case .endedAtIntuit, .nothingToEnd: "Disconnected."
        case .partlyEndedAtIntuit:
            """
            Disconnected. Another consent that was still waiting could not be ended at Intuit; QuickBooks shows under \
            Apps whether Daybook is still connected.
            """
        case .unknownAtIntuit:
            """
            Disconnected. Intuit no longer knew the tokens, most often because the connection had ended there before; \
            QuickBooks shows under Apps whether Daybook is still connected.
            """
        case .forgotten:
            "Forgotten here. To end the connection at Intuit too, disconnect Daybook in QuickBooks under Apps."
        }
    }

    /// For the history.
    var note: String {
        switch self {
        case .endedAtIntuit: "Disconnected; Intuit ended the consent"
        case .partlyEndedAtIntuit: "Disconnected; Intuit ended the consent, but not another one that waited"
        case .unknownAtIntuit: "Disconnected; Intuit no longer knew the tokens"
        case .nothingToEnd: "Disconnected; there was no token"
        case .forgotten: "Forgotten here; Intuit was not told"
        }
    }
}
