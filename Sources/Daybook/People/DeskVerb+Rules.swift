// SPDX-License-Identifier: Apache-2.0

extension Desk.Verb {
    /// The least role that may use it.
    package var leastRole: Role {
        switch self {
        case .see: .viewer
        case .record: .clerk
        case .takeBack, .reset, .hold, .release, .exclude, .include, .saveBooks, .test: .bookkeeper
        case .assignStore, .saveApp, .connect, .paste, .confirm, .decline, .disconnect, .forget, .resumePosting,
            .saveNotifier, .deleteNotifier, .testNotifier, .managePeople, .manageKeys, .rotateDataKey, .manageBackups,
            .restoreBackup, .seeAudit,
            .anonymizeCustomer:
            .administrator
        }
    }

    /// Whether it needs a fresh sign-in: a browser that was left open must not hand the books over, nor erase what
    /// nobody can bring back.
    package var needsFreshSignIn: Bool {
        switch self {
        case .saveApp, .connect, .paste, .confirm, .disconnect, .forget, .managePeople, .manageKeys, .rotateDataKey,
            .manageBackups, .restoreBackup, .anonymizeCustomer:
            true
        case .see, .record, .takeBack, .reset, .hold, .release, .exclude, .include, .saveBooks, .test, .assignStore,
            .decline, .resumePosting, .saveNotifier, .deleteNotifier, .testNotifier, .seeAudit:
            false
        }
    }

    /// Whether it is about exports or transactions, which have a company and a store; all else is of the whole
    /// business.
    package var hasPlace: Bool {
        switch self {
        case .see, .record, .reset, .hold, .release, .exclude, .include: true
        // A file may hold several stores' transactions.
        case .takeBack, .saveBooks, .assignStore, .saveApp, .connect, .paste, .confirm, .decline, .test, .disconnect,
            .forget, .resumePosting, .saveNotifier, .deleteNotifier, .testNotifier, .managePeople, .manageKeys,
            .rotateDataKey,
            .manageBackups, .restoreBackup, .seeAudit, .anonymizeCustomer:
            false
        }
    }
}
