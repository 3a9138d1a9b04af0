// SPDX-License-Identifier: Apache-2.0
package import Daybook

extension ConnectionResponse {
    package init(_ details: ConnectionDetails) {
        let (overview, connection) = (details.overview, details.connection)
        id = connection.id.value
        status = connection.status.rawValue
        app = overview.app.map(App.init)
        company = connection.company.map(Company.init)
        toConfirm = details.proposal.map(Company.init)
        stores = details.stores.map(\.number.value)
        refreshedAt = connection.grant?.refreshedAt
        idleExpiresAt = connection.grant?.idleExpiresAt
        hardExpiresAt = connection.grant?.hardExpiresAt
        idleClock = details.clocks.map { Clock($0.idle) }
        hardClock = details.clocks?.hard.map(Clock.init)
        trouble = connection.trouble.map(Trouble.init)
        let isStopped = overview.postingStop != nil
        restoredCopy = overview.restoredCopy.map { RestoredCopy($0, isPostingStopped: isStopped) }
        postingStop = overview.postingStop.map { PostingStop(since: $0.since, explanation: $0.explanation) }
        unansweredPosting = overview.unansweredPosting.map {
            UnansweredPosting(since: $0.since, explanation: $0.explanation)
        }
        warnings = overview.warnings.map { Warning(about: $0.subject.rawValue, explanation: $0.explanation) }
        refreshes = Refreshes(
            days: ConnectionDetails.refreshDays, attempts: details.refreshes.attempts,
            successes: details.refreshes.successes)
        waiting = overview.waiting
        inError = details.inError
        history = details.history.map(Note.init)
    }
}

extension ConnectionResponse.App {
    package init(_ key: App.Key) {
        environment = key.environment.text
        clientId = key.clientID
    }
}

extension ConnectionResponse.Company {
    init(_ company: Daybook.Company) {
        realmId = company.realmID
        name = company.name
    }
}

extension ConnectionResponse.Clock {
    init(_ reading: ConnectionClocks.Reading) {
        endsAt = reading.end
        secondsLeft = reading.left.components.seconds
        daysLeft = reading.days
        warningLevel = reading.level
    }
}

extension ConnectionResponse.Trouble {
    init(_ trouble: ConnectionTrouble) {
        cause = trouble.cause.rawValue
        explanation = trouble.explanation
        since = trouble.since
        needsConsent = trouble.needsConsent
        intuitTid = trouble.intuitTID
    }
}

extension ConnectionResponse.RestoredCopy {
    init(_ copy: Daybook.RestoredCopy, isPostingStopped: Bool) {
        since = copy.noticedAt
        sign = copy.sign.rawValue
        explanation = copy.explanation(isPostingStopped: isPostingStopped)
        missingEnvelopes = copy.missingEnvelopes
        unknownDocuments = copy.unknownDocuments
        lastSentAt = copy.lastSentAt
        lookedUpUntil = copy.lookedUpUntil
    }
}

extension ConnectionResponse.Note {
    init(_ note: ConnectionNote) {
        kind = note.kind.rawValue
        at = note.at
        text = note.text
        by = note.by
        intuitTid = note.intuitTID
    }
}
