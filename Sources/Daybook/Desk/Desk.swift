// SPDX-License-Identifier: Apache-2.0

/// What people can do, with a desk for each kind of work.
///
/// Pages, API and CLI call nothing else.
package struct Desk: Sendable {
    /// Records transactions.
    package let intake: IntakeDesk
    /// Keeps files that people drop on the page, shows what they hold, and takes or discards them.
    package let files: FilesDesk
    /// Takes the files that are put into a folder; nil where none is watched.
    package let inbox: Inbox?
    /// Shows exports, and resets, holds, releases, excludes and includes them.
    package let queue: QueueDesk
    /// Keeps account numbers and stores.
    package let books: BooksDesk
    /// Shows connections, tests and ends them.
    package let connections: ConnectionsDesk
    /// Makes connections with the credentials that people bring: app keys, consents, pasted tokens.
    package let credentials: CredentialsDesk
    /// Adds, removes and tests notifiers, which are told when a connection needs a person.
    package let notifications: NotificationsDesk
    /// Shows the audit trail.
    package let audit: AuditDesk
    /// Finds customers, and anonymizes them.
    package let customers: CustomersDesk
    /// Replaces the key under which stored secrets are sealed.
    package let dataKey: DataKeyDesk
    /// Shows the backups, makes one, hands one out, and restores one.
    package let backups: BackupsDesk
    /// Lets people and programs in, and manages them; nil where nobody signs in.
    package let people: People?
    package let environments: Environments
    /// Where Intuit sends the browser back to; registered at Intuit byte for byte.
    package let redirectURI: String
    private let surroundings: Surroundings

    package init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
        let work = DeskWork(surroundings)
        intake = IntakeDesk(storage: surroundings.storage, digest: surroundings.digest, work: work)
        files = FilesDesk(storage: surroundings.storage, intake: intake, work: work)
        inbox = surroundings.inbox.map { [intake] folder in
            Inbox(
                folder: folder, storage: surroundings.storage, intake: intake, clock: surroundings.clock,
                quiet: surroundings.inboxQuiet)
        }
        queue = QueueDesk(storage: surroundings.storage, work: work)
        books = BooksDesk(storage: surroundings.storage, work: work)
        credentials = CredentialsDesk(surroundings, work)
        connections = ConnectionsDesk(surroundings, work, credentials: credentials)
        notifications = NotificationsDesk(notifiers: surroundings.notifiers, work: work)
        audit = AuditDesk(storage: surroundings.storage, digest: surroundings.digest, work: work)
        customers = CustomersDesk(storage: surroundings.storage, work: work)
        dataKey = DataKeyDesk(rotation: surroundings.dataKeyRotation, work: work)
        backups = BackupsDesk(backups: surroundings.backups, work: work)
        people = surroundings.entry.map {
            People($0, randomness: surroundings.randomness, digest: surroundings.digest, work: work)
        }
        environments = surroundings.environments
        redirectURI = surroundings.redirectURI
    }

    /// The desks that know people.
    package struct People: Sendable {
        package let signIn: SignInDesk
        /// One's own account.
        package let ownAccount: OwnAccountDesk
        package let manage: PeopleDesk
        package let keys: KeysDesk

        init(_ entry: Entry, randomness: any Randomness, digest: any Digest, work: DeskWork) {
            let limits = KeptLimits()
            signIn = SignInDesk(entry, limits: limits, randomness: randomness, digest: digest, work: work)
            ownAccount = OwnAccountDesk(
                storage: entry.storage, proofs: entry.proofs, limits: limits, randomness: randomness, digest: digest,
                clock: work.clock, logEvents: work.logEvents)
            manage = PeopleDesk(storage: entry.storage, randomness: randomness, digest: digest, work: work)
            keys = KeysDesk(storage: entry.storage, randomness: randomness, digest: digest, work: work)
        }
    }

    /// The same desks, with another rule about who may use which verb.
    package func authorized(by authorization: any Authorization) -> Desk {
        var surroundings = surroundings
        surroundings.authorization = authorization
        return Desk(surroundings)
    }

    /// Why nothing can be written just now; nil while it can.
    package var storageTrouble: StorageTrouble? { surroundings.condition.trouble }

    /// Why a verb can't be done, in words for the person who asked for it.
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
