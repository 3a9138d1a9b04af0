// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Logging

/// Turns the core's log events into log lines with a constant message and ids as metadata; never a name or a secret.
struct SwiftLogSink: LogEventSink {
    let logger: Logger

    func emit(_ event: Daybook.LogEvent) {
        switch event {
        case .recorded(let transactions):
            logger.info("transactions recorded", metadata: ["count": "\(transactions)"])
        case .signedIn(let person, let factor):
            logger.info("signed in", metadata: ["person": "\(person.value)", "by": "\(factor.rawValue)"])
        case .signedInAgain(let person, let factor):
            logger.info("signed in again", metadata: ["person": "\(person.value)", "by": "\(factor.rawValue)"])
        case .signedOut(let person):
            logger.info("signed out", metadata: ["person": "\(person.value)"])
        case .signInRefused(let source):
            logger.warning("sign-in refused", metadata: ["source": "\(source)"])
        case .keyRefused(let source):
            logger.warning("key refused", metadata: ["source": "\(source)"])
        case .notAllowed(let verb, let person, let key):
            var metadata: Logger.Metadata = ["verb": "\(verb.rawValue)"]
            metadata["person"] = person.map { "\($0.value)" }
            metadata["key"] = key.map { "\($0)" }
            logger.warning("not allowed", metadata: metadata)
        case .acted(let act, let actor, let subject):
            logger.info("done", metadata: metadata(act, actor, subject))
        case .leaseTaken(let connection, let generation):
            logger.debug("lease taken", metadata: ["connection": "\(connection.value)", "generation": "\(generation)"])
        case .leaseLost(let connection):
            logger.warning("lease lost", metadata: ["connection": "\(connection.value)"])
        case .sent(let connection, let exports, let envelope, let tid):
            logger.info("envelope answered", metadata: metadata(connection, exports, envelope, tid))
        case .settled(let export, let state):
            logger.debug("export settled", metadata: ["export": "\(export)", "state": "\(state.rawValue)"])
        case .outcomeUnknown(let connection, let exports, let envelope, let reason):
            var metadata = metadata(connection, exports, envelope, nil)
            metadata["reason"] = "\(reason)"
            logger.warning("outcome unknown, looking it up", metadata: metadata)
        case .looked(let connection, let documents, let found):
            var metadata = metadata(connection, documents, nil)
            metadata["found"] = "\(found)"
            logger.info("looked up", metadata: metadata)
        case .lookFailed(let connection, let documents, let reason):
            var metadata = metadata(connection, documents, nil)
            metadata["reason"] = "\(reason)"
            logger.warning("could not look up", metadata: metadata)
        case .doubleFound(let connection, let export):
            logger.error(
                "a document is in QuickBooks twice",
                metadata: ["connection": "\(connection.value)", "export": "\(export)"])
        case .sendingStopped(let connection):
            logger.warning(
                "nothing more is sent until the unanswered envelope is looked up",
                metadata: ["connection": "\(connection.value)"])
        case .sendingResumed(let connection):
            logger.notice("QuickBooks answers again, sending goes on", metadata: ["connection": "\(connection.value)"])
        case .unreachable(let connection, let reason):
            logger.warning(
                "QuickBooks can't be reached", metadata: ["connection": "\(connection.value)", "reason": "\(reason)"])
        case .throttled(let connection):
            logger.notice("QuickBooks asks to wait", metadata: ["connection": "\(connection.value)"])
        case .refreshed(let connection, let rotated, let tid):
            var metadata: Logger.Metadata = ["connection": "\(connection.value)", "rotated": "\(rotated)"]
            metadata["intuit_tid"] = tid.map { "\($0)" }
            logger.info("connection refreshed", metadata: metadata)
        case .refreshFailed(let connection, let cause, let tid):
            logger.warning("connection not refreshed", metadata: metadata(connection, cause, tid))
        case .troubled(let connection, let cause, let tid):
            logger.warning("connection trouble", metadata: metadata(connection, cause, tid))
        case .restoredCopy(let notice):
            var metadata: Logger.Metadata = [
                "sign": "\(notice.sign.rawValue)", "unknown_documents": "\(notice.unknownDocuments)",
            ]
            metadata["connection"] = notice.connection.map { "\($0.value)" }
            metadata["missing_envelopes"] = notice.missingEnvelopes.map { "\($0)" }
            logger.warning(
                "the database is a restored copy; documents are looked up before they are sent", metadata: metadata)
        case .postingStopped(let connection, let doubles):
            let pairs = doubles.map { $0.joined(separator: " and ") }.joined(separator: ", ")
            logger.critical(
                "posting is stopped: another copy of the data folder posts the same documents",
                metadata: ["connection": "\(connection.value)", "booked_twice": "\(pairs)"])
        case .secondCopy(let connection):
            logger.warning(
                "another program seems to use the same token", metadata: ["connection": "\(connection.value)"])
        case .warned(let connection, let subject, let isAllClear):
            logger.notice(
                isAllClear ? "warning is over" : "people are warned",
                metadata: ["connection": "\(connection.value)", "subject": "\(subject.rawValue)"])
        case .delivery(let kind, let notifier, let id, let outcome, let next):
            log(outcome, ["notifier": "\(notifier.value)", "kind": "\(kind.rawValue)", "delivery": "\(id.text)"], next)
        case .storageTrouble(let reason):
            // A line for each failure would be one a second. The lines below say where the trouble begins and ends.
            logger.debug("write failed", metadata: ["reason": "\(reason)"])
        case .storageCondition(let trouble?):
            logger.error(
                "storage trouble", metadata: ["kind": "\(trouble.rawValue)", "reason": "\(trouble.explanation)"])
        case .storageCondition(nil):
            logger.notice("storage trouble is over")
        case .discovery(let environment, let text):
            logger.warning("discovery", metadata: ["environment": "\(environment)", "reason": "\(text)"])
        }
    }

    private func log(_ outcome: DeliveryOutcome, _ metadata: Logger.Metadata, _ next: Date?) {
        guard case .failed(let failure) = outcome else {
            logger.info("notification delivered", metadata: metadata)
            return
        }
        var metadata = metadata
        metadata["reason"] = "\(failure.reason)"
        metadata["next"] = next.map { "\($0.ISO8601Format())" } ?? "given up"
        logger.warning("notification not delivered", metadata: metadata)
    }

    private func metadata(_ act: Act.Name, _ actor: ActorNumber, _ subject: Act.Subject) -> Logger.Metadata {
        var metadata: Logger.Metadata = ["act": "\(act.text)"]
        switch actor {
        case .person(let id): metadata["person"] = "\(id)"
        case .key(let id): metadata["key"] = "\(id)"
        case .command: metadata["by"] = "command"
        case .anybody: metadata["by"] = "anybody"
        case .system: metadata["by"] = "system"
        }
        metadata["connection"] = subject.connection.map { "\($0.value)" }
        metadata.merge(Self.metadata(subject.exports)) { $1 }
        return metadata
    }

    /// A reset of a whole problem may be about thousands: the first hundred are named, and all are counted.
    private static func metadata(_ exports: [Int64]) -> Logger.Metadata {
        guard !exports.isEmpty else { return [:] }
        let named = exports.prefix(100).map { "\($0)" }.joined(separator: " ")
        return ["exports": "\(named)\(exports.count > 100 ? " …" : "")", "documents": "\(exports.count)"]
    }

    private func metadata(
        _ connection: Connection.ID, _ exports: [Int64], _ envelope: String, _ tid: String?
    ) -> Logger.Metadata {
        var metadata: Logger.Metadata = ["connection": "\(connection.value)", "envelope": "\(envelope)"]
        metadata.merge(Self.metadata(exports)) { $1 }
        metadata["intuit_tid"] = tid.map { "\($0)" }
        return metadata
    }

    private func metadata(
        _ connection: Connection.ID, _ cause: ConnectionTrouble.Cause, _ tid: String?
    ) -> Logger.Metadata {
        var metadata: Logger.Metadata = ["connection": "\(connection.value)", "cause": "\(cause.rawValue)"]
        metadata["intuit_tid"] = tid.map { "\($0)" }
        return metadata
    }

    private func metadata(_ connection: Connection.ID, _ documents: Int, _ tid: String?) -> Logger.Metadata {
        var metadata: Logger.Metadata = ["connection": "\(connection.value)", "documents": "\(documents)"]
        metadata["intuit_tid"] = tid.map { "\($0)" }
        return metadata
    }
}
