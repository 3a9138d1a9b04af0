// SPDX-License-Identifier: Apache-2.0

/// Makes connections with the credentials that people bring: an app's keys, a consent, a pasted token.
package struct CredentialsDesk: WorkingDesk {
    let storage: any ConnectionStorage & AppStorage & ConsentStorage
    let issuer: any TokenIssuer
    let keeper: TokenKeeper
    let randomness: any Randomness
    let digest: any Digest
    let environments: Environments
    let redirectURI: String
    let work: DeskWork
    /// Held from the search for a company's connection until the connection is stored: when two requests connect the
    /// same company at once, the second finds the first one's connection.
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
