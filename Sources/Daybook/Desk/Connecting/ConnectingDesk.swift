// SPDX-License-Identifier: Apache-2.0

/// Makes connections: an app's keys, a consent, a pasted token.
package struct ConnectingDesk: WorkingDesk {
    let storage: any ConnectionStorage & AppStorage & ConsentStorage
    let issuer: any TokenIssuer
    let keeper: TokenKeeper
    let randomness: any Randomness
    let digest: any Digest
    let environments: Environments
    let redirectURI: String
    let work: DeskWork
    /// Held from looking for a company's connection until it has the company: of two that connect the same company
    /// at once, the second finds what the first made.
    let connecting = AsyncLock()
    let refusedConsents = RefusedConsents()

    init(_ surroundings: Desk.Surroundings, _ work: DeskWork) {
        storage = surroundings.storage
        issuer = surroundings.issuer
        keeper = surroundings.keeper
        randomness = surroundings.randomness
        digest = surroundings.digest
        environments = surroundings.environments
        redirectURI = surroundings.redirectURI
        self.work = work
    }
}
