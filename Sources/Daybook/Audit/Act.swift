// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// What somebody does at a desk, once.
///
/// What the storage changes meanwhile, it writes into the audit trail in the same transaction, with this name. The task
/// carries it, so that no verb has to hand it on and none can forget it (ADR 0046).
package struct Act: Sendable, Equatable {
    package let name: Name
    package let actor: Actor
    package let at: Date
    /// The request by which it was asked for; nil for a command in the data folder and for what Daybook does by itself.
    package let request: RequestNumber?

    /// - Parameter request: The request that this task answers, unless another is given.
    package init(_ name: Name, by actor: Actor, at: Date, request: RequestNumber? = RequestNumber.current) {
        self.name = name
        self.actor = actor
        self.at = at
        self.request = request
    }

    /// What this task does; nil for what Daybook does by itself, which the histories of exports and connections tell.
    @TaskLocal package static var current: Act?

    /// What an act was about, by numbers, for the log.
    package struct Subject: Sendable, Equatable {
        package var exports: [Int64] = []
        package var connection: Connection.ID?

        package init(exports: [Int64] = [], connection: Connection.ID? = nil) {
            self.exports = exports
            self.connection = connection
        }

        /// The subject of a verb about one connection, whatever the verb's value is.
        static func connection<Value>(_ id: Connection.ID?) -> (Value) -> Subject { { _ in Subject(connection: id) } }

        /// The subject of a verb whose value names its connection.
        static func connection<Value>(_ id: any KeyPath<Value, Connection.ID> & Sendable) -> (Value) -> Subject {
            { Subject(connection: $0[keyPath: id]) }
        }
    }

    package enum Name: Hashable, Sendable {
        case verb(Desk.Verb)
        case further(Further)
    }

    /// Acts that no verb decides alone: several share one, or everybody may do them with what is their own.
    package enum Further: String, CaseIterable, Sendable {
        case invite
        case makeLink = "make-link"
        case removeAuthenticator = "remove-authenticator"
        case setRoles = "set-roles"
        case letIn = "let-in"
        case keepOut = "keep-out"
        case endSession = "end-session"
        case addKey = "add-key"
        case revokeKey = "revoke-key"
        case backUp = "back-up"
        case downloadBackup = "download-backup"
        case signUp = "sign-up"
        case signIn = "sign-in"
        case signInAgain = "sign-in-again"
        case signOut = "sign-out"
        case changePassword = "change-password"
        case setUpAuthenticator = "set-up-authenticator"
    }
}

extension Act.Name {
    /// All there are, in the order in which a list shows them.
    package static let all: [Self] =
        Desk.Verb.allCases.map(Self.verb) + Act.Further.allCases.map(Self.further)

    package init?(text: String) {
        if let verb = Desk.Verb(rawValue: text) {
            self = .verb(verb)
        } else if let further = Act.Further(rawValue: text) {
            self = .further(further)
        } else {
            return nil
        }
    }

    /// As the trail keeps it, and as filters and commands name it.
    package var text: String {
        switch self {
        case .verb(let verb): verb.rawValue
        case .further(let further): further.rawValue
        }
    }

    /// What a person did, as the end of a sentence.
    package var words: String {
        switch self {
        case .verb(let verb): verb.words
        case .further(let further): further.words
        }
    }
}

extension Act.Further {
    fileprivate var words: String {
        switch self {
        case .invite: "invite a person"
        case .makeLink: "make a link for a password"
        case .removeAuthenticator: "take an authenticator app away"
        case .setRoles: "choose a person's roles"
        case .letIn: "let a person in"
        case .keepOut: "keep a person out"
        case .endSession: "end a session"
        case .addKey: "make a key"
        case .revokeKey: "revoke a key"
        case .backUp: "make a backup"
        case .downloadBackup: "download a backup"
        case .signUp: "choose a password by a link"
        case .signIn: "sign in"
        case .signInAgain: "sign in again"
        case .signOut: "sign out"
        case .changePassword: "change one's password"
        case .setUpAuthenticator: "set up an authenticator app"
        }
    }
}
