// SPDX-License-Identifier: Apache-2.0

extension Desk {
    /// What an actor does.
    package enum Verb: String, CaseIterable, Sendable {
        case see
        case record
        case takeBack = "take-back"
        case reset, hold, release, exclude, include
        case saveBooks = "save-account-numbers"
        case assignStore = "assign-store"
        case saveApp = "save-keys"
        case connect, paste, confirm, decline, test, disconnect, forget
        case resumePosting = "resume-posting"
        case saveNotifier = "save-notifier"
        case deleteNotifier = "delete-notifier"
        case testNotifier = "test-notifier"
        case managePeople = "manage-people"
        case manageKeys = "manage-keys"
        case rotateDataKey = "rotate-data-key"
        case manageBackups = "manage-backups"
        case restoreBackup = "restore-backup"
        case seeAudit = "see-audit"
        case anonymizeCustomer = "anonymize-customer"
    }

    /// An actor may not use a verb.
    package struct NotAllowed: Error, Equatable, Sendable, CustomStringConvertible {
        package let verb: Verb
        package let actor: Actor

        package init(verb: Verb, actor: Actor) {
            self.verb = verb
            self.actor = actor
        }

        /// What goes into the log about it.
        var logEvent: LogEvent {
            switch actor {
            case .person(let principal): .notAllowed(verb: verb, person: Person.ID(principal.id), key: nil)
            case .key(let principal): .notAllowed(verb: verb, person: nil, key: principal.id)
            case .system, .command, .anybody: .notAllowed(verb: verb, person: nil, key: nil)
            }
        }

        package var description: String {
            "\(actor.text) may not \(verb.words). \(verb.leastRole.title)s and above may, where their role covers it."
        }
    }

    /// Something for which password and code must be given again first.
    package struct FreshSignInNeeded: Error, Equatable, Sendable, CustomStringConvertible {
        /// What was asked for, as the end of a sentence.
        package let words: String

        package init(verb: Verb) { self.init(to: verb.words) }

        package init(to words: String) { self.words = words }

        package var description: String { "To \(words), sign in again first." }
    }
}

extension Desk.Verb {
    /// What a person may not do, as the end of a sentence.
    package var words: String {
        switch self {
        case .see: "see this"
        case .record: "send transactions"
        case .takeBack: "take a file back"
        case .reset: "reset exports"
        case .hold: "put exports on hold"
        case .release: "release exports"
        case .exclude: "exclude exports"
        case .include: "take excluded exports in again"
        case .saveBooks: "change account numbers and stores"
        case .assignStore: "choose the company of a store"
        case .saveApp: "change an app's keys"
        case .connect: "connect a company"
        case .paste: "paste a refresh token"
        case .confirm: "confirm a company"
        case .decline: "decline a company"
        case .test: "test a connection"
        case .disconnect: "disconnect a company"
        case .forget: "forget a connection"
        case .resumePosting: "let posting go on"
        case .saveNotifier: "add a notifier"
        case .deleteNotifier: "remove a notifier"
        case .testNotifier: "send a trial to a notifier"
        case .managePeople: "manage people"
        case .manageKeys: "manage keys"
        case .rotateDataKey: "rotate the data key"
        case .manageBackups: "manage backups"
        case .restoreBackup: "restore a backup"
        case .seeAudit: "see the audit trail"
        case .anonymizeCustomer: "look for customers and anonymize them"
        }
    }
}
