// SPDX-License-Identifier: Apache-2.0

extension RefusedNewcomer {
    /// What the person is told, and what the history keeps; the history is readable, so it has no Realm ID.
    func refusal(of newcomer: Newcomer) -> AdoptionRefused {
        switch self {
        case .otherCompany(let other): other.refusal(of: newcomer)
        case .othersToken(let held):
            AdoptionRefused(
                words: .init(
                    """
                    This refresh token is already used by the connection to \(held.company.name) (Realm ID \
                    \(held.company.realmID)); each connection needs a token of its own. Get a new one at step 4 of the \
                    Playground, or press Connect to QuickBooks. Nothing was changed.
                    """),
                note: "A pasted refresh token was refused: connection \(held.id.value) uses it",
                tid: nil)
        }
    }
}

extension OtherCompany {
    /// Names both companies as far as they can be known.
    fileprivate func refusal(of newcomer: Newcomer) -> AdoptionRefused {
        let realmID = newcomer.realmID
        let name = company.map { "\($0.name) (Realm ID \(realmID))" } ?? "the company with the Realm ID \(realmID)"
        let rest = remainsAtIntuit ? " Intuit could not be told to end the new consent, so Intuit still holds it." : ""
        let kind = newcomer.pastedToken == nil ? "A consent" : "A pasted refresh token"
        return AdoptionRefused(
            words: .init(
                """
                This is for \(name), but the connection belongs to \(own.name) (Realm ID \(own.realmID)). Choose \
                \(own.name) at Intuit, or connect the other as a new company; the stored connection stays as it was.\
                \(rest)
                """, offersNewCompany: true),
            note: "\(kind) for another company was refused: this connection belongs to \(own.name)",
            tid: tid)
    }
}
