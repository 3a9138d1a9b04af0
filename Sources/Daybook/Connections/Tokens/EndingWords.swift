// SPDX-License-Identifier: Apache-2.0

/// What a person is told when a connection could not be ended; nothing is erased then.
enum EndingWords {
    private static let forget = "or forget the connection here only and disconnect Daybook in QuickBooks under Apps"

    static let interrupted = Desk.Refused("The connection could not be ended; nothing was changed. Try again.")

    static func unreachable(_ failure: TokenCallFailure) -> Desk.Refused {
        .init(
            """
            Intuit could not be told just now (\(failure.reason)); nothing was changed. Try again, or choose \
            to forget the connection here anyway and disconnect Daybook in QuickBooks under Apps.
            """)
    }

    static func refused(_ refusal: TokenRefusal) -> Desk.Refused {
        guard refusal == .invalidClient else {
            let words = AdoptionWords.words(forApp: refusal.code)
            return .init("\(words) Nothing was changed. Then try again, \(forget).")
        }
        return .init(
            """
            Intuit refuses the Client Secret, so it could not be told to end the connection; nothing was changed. \
            Enter the app's present secret under Settings and try again, \(forget).
            """)
    }
}
