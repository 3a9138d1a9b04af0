// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The verbs people use.
///
/// Pages, API and CLI call nothing else.
package struct Desk: Sendable {
    let storage: any Storage
    let issuer: any TokenIssuer
    let ledger: any Ledger
    let keeper: TokenKeeper
    let clock: any WallClock
    let randomness: any Randomness
    let digest: any Digest
    let notices: any NoticeSink
    let waking: any Waking
    let condition: any StorageCondition
    package let environments: Environments
    /// Where Intuit sends the browser back to; registered at Intuit byte for byte.
    package let redirectURI: String
    /// Who may use which verb.
    package var authorization: any Authorization
    /// Nil where nobody is told of anything.
    let tellers: Notifiers?
    /// Held from looking for a company's connection until it has the company: of two that connect the same company
    /// at once, the second finds what the first made.
    let connecting = AsyncLock()
    let refusedConsents = RefusedConsents()

    package init(
        storage: any Storage, issuer: any TokenIssuer, ledger: any Ledger, keeper: TokenKeeper,
        clock: any WallClock, randomness: any Randomness, digest: any Digest, notices: any NoticeSink,
        waking: any Waking = NothingWaits(), condition: any StorageCondition = NoTrouble(),
        environments: Environments, redirectURI: String, notifiers: Notifiers? = nil,
        authorization: any Authorization = LocalMachine()
    ) {
        self.storage = storage
        self.issuer = issuer
        self.ledger = ledger
        self.keeper = keeper
        self.clock = clock
        self.randomness = randomness
        self.digest = digest
        self.notices = notices
        self.waking = waking
        self.condition = condition
        self.environments = environments
        self.redirectURI = redirectURI
        self.authorization = authorization
        tellers = notifiers
    }

    /// Why nothing can be written just now; nil while it can.
    package var storageTrouble: StorageTrouble? { condition.trouble }

    /// A verb that can't be done, in words for the one who asked for it.
    package struct Refused: Error, Sendable, Equatable {
        package let message: String
        /// Whether connecting as a new company would do what was asked.
        package let offersNewCompany: Bool

        package init(_ message: String, offersNewCompany: Bool = false) {
            self.message = message
            self.offersNewCompany = offersNewCompany
        }

        static let stopping = Refused(
            "Daybook is being stopped; nothing was changed. Try again in a minute, once it runs again.")
    }
}
