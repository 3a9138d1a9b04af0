// SPDX-License-Identifier: Apache-2.0

extension Desk {
    /// The ports and settings that the desks work with.
    package struct Surroundings: Sendable {
        package let storage: any Storage
        package let issuer: any TokenIssuer
        package let ledger: any Ledger
        package let keeper: TokenKeeper
        package let clock: any WallClock
        package let randomness: any Randomness
        package let digest: any Digest
        package let logEvents: any LogEventSink
        package let waking: any Waking
        package let condition: any StorageCondition
        package let environments: Environments
        package let redirectURI: String
        /// Nil when Daybook was started without notifications.
        package let notifiers: Notifiers?
        /// Who may use which verb.
        package var authorization: any Authorization
        /// Nil where nobody signs in: a command that has the data folder to itself, or a simulation.
        package let entry: Desk.Entry?
        /// Nil where the data key can't be rotated.
        package let dataKeyRotation: (any DataKeyRotation)?
        /// Nil where nothing is stored in a folder.
        package let backups: (any Backups)?
        /// Nil where no folder for files is watched.
        package let inbox: (any InboxFolder)?
        /// For how long nothing is written to a complete file of the inbox.
        package let inboxQuiet: Duration

        package init(
            storage: any Storage, issuer: any TokenIssuer, ledger: any Ledger, keeper: TokenKeeper,
            clock: any WallClock, randomness: any Randomness, digest: any Digest, logEvents: any LogEventSink,
            waking: any Waking = NothingWaits(), condition: any StorageCondition = NoTrouble(),
            environments: Environments, redirectURI: String, notifiers: Notifiers? = nil,
            authorization: (any Authorization)? = nil, entry: Desk.Entry? = nil,
            dataKeyRotation: (any DataKeyRotation)? = nil, backups: (any Backups)? = nil,
            inbox: (any InboxFolder)? = nil, inboxQuiet: Duration = Inbox.usualQuiet
        ) {
            self.storage = storage
            self.issuer = issuer
            self.ledger = ledger
            self.keeper = keeper
            self.clock = clock
            self.randomness = randomness
            self.digest = digest
            self.logEvents = logEvents
            self.waking = waking
            self.condition = condition
            self.environments = environments
            self.redirectURI = redirectURI
            self.notifiers = notifiers
            self.authorization = authorization ?? entry?.roles ?? LocalMachine()
            self.entry = entry
            self.dataKeyRotation = dataKeyRotation
            self.backups = backups
            self.inbox = inbox
            self.inboxQuiet = inboxQuiet
        }
    }
}
