// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation

/// Judges what was found out; pure.
struct DoctorJudgement {
    private static let leastFree = 64 << 20
    private static let littleFree = 512 << 20

    let facts: DoctorFacts

    var findings: [DoctorFinding] {
        if case .mistaken(let words) = facts.configuration {
            return [.problem(.configuration, words, "The other checks need the settings.")]
        }
        return [.ok(.configuration, "Every setting can be read.")] + [disk, key, database, port, mail] + intuit + clock
            + accounts + queue + connections + [backups, passwords, certificate]
    }

    private var disk: DoctorFinding {
        switch facts.disk {
        case .unusable(let words): return .problem(.disk, words, nil)
        case .usable(let free): return judge(free: free, "The data folder can be written")
        case .notYetThere(let free): return judge(free: free, "The data folder is made at the first start")
        }
    }

    private func judge(free: Int, _ beginning: String) -> DoctorFinding {
        let text = "\(beginning); \(Self.size(free)) are free on its disk."
        if free < Self.leastFree { return .problem(.disk, text, "Free some space soon, or nothing can be written.") }
        // A backup or a restore needs the room of the database again.
        var size = 0
        if case .look(let look) = facts.database { size = look.bytes }
        if free < max(Self.littleFree, size) { return .warning(.disk, text, "Free some space.") }
        return .ok(.disk, text)
    }

    private var key: DoctorFinding {
        switch facts.key {
        case .refused(let words): return .problem(.key, words, nil)
        case .notYetThere: return .ok(.key, "The data key is made at the first start.")
        case .there, .rotating: break
        }
        if case .look(let look) = facts.database, look.key == .otherKey {
            return .problem(
                .key, "The data key is not the one that the database was sealed with.",
                "Put back the key that belongs to it.")
        }
        if facts.key == .rotating {
            return .warning(
                .key, "A rotation of the data key is not finished; everything can be read.",
                "Start Daybook, or run `daybook keys rotate`.")
        }
        if case .look = facts.database { return .ok(.key, "The data key fits the database.") }
        return .ok(.key, "The data key can be read.")
    }

    private var database: DoctorFinding {
        switch facts.database {
        case .notYetThere: return .ok(.database, "There is no database yet; it is made at the first start.")
        case .unreadable(let words): return .problem(.database, words, nil)
        case .look(let look):
            if let damage = look.damage {
                return .problem(
                    .database, "The database is damaged: \(damage).",
                    "Stop Daybook, keep a copy of the data folder, and restore the latest backup.")
            }
            switch look.schema {
            case .newer:
                return .problem(
                    .database, "The database was last used by a newer version of Daybook.", "Start that version.")
            case .older:
                return .warning(
                    .database, "The database is of an earlier version; the next start brings it up to date.",
                    "Make a backup before that.")
            case .current: return .ok(.database, "The database is whole: \(Self.size(look.bytes)).")
            }
        }
    }

    private var port: DoctorFinding {
        switch facts.server {
        case .answers(let address): .ok(.port, "Daybook's own server answers at \(address).")
        case .silent(let words): .problem(.port, words, nil)
        case .none(isPortTaken: true):
            .problem(
                .port, "Another program listens on \(facts.address), and no server of this data folder runs.",
                "Stop that program, or give Daybook another port with DAYBOOK_LISTEN.")
        case .none(isPortTaken: false): .ok(.port, "\(facts.address) is free; no server of this data folder runs.")
        }
    }

    private var mail: DoctorFinding {
        switch facts.mail {
        case .found(let path): return .ok(.mail, "E-mails go through \(path).")
        case .missing(let words):
            guard facts.database.content.map({ $0.emailNotifiers > 0 }) == true else {
                return .ok(.mail, "There is no mail command, and no notifier needs one.")
            }
            return .problem(.mail, "People are to be told by e-mail. \(words)", nil)
        }
    }

    private var intuit: [DoctorFinding] {
        facts.intuit.map { answer in
            guard let failure = answer.failure else {
                return .ok(.intuit, "Intuit's discovery document (\(answer.environment)) can be read.")
            }
            return .problem(
                .intuit,
                "Intuit's discovery document (\(answer.environment)) can't be read at \(answer.address): \(failure)",
                "Check this machine's network, its proxy and DNS.")
        }
    }

    private var clock: [DoctorFinding] {
        if facts.hasSandboxClock { return [.ok(.clock, "The time is the sandbox's.")] }
        guard let difference = facts.intuit.compactMap(\.clockDifference).first else {
            return [.warning(.clock, "It is not known whether the clock is right: Intuit did not tell its time.", nil)]
        }
        let seconds = Int(abs(difference).rounded())
        let text = "This machine's clock is \(seconds) s \(difference > 0 ? "behind" : "ahead of") Intuit's."
        switch seconds {
        case 0..<30: return [.ok(.clock, "This machine's clock agrees with Intuit's.")]
        case 30..<300: return [.warning(.clock, text, "Let NTP set it.")]
        default: return [.problem(.clock, text, "Let NTP set it: tokens and looks go by the time.")]
        }
    }

    private var accounts: [DoctorFinding] {
        guard let content = facts.database.content else { return [] }
        if !content.missingNumbers.isEmpty {
            return content.missingNumbers.map { cause in
                .problem(.accounts, "\(Self.exports(cause.exports, "waits", "wait")): \(cause.explanation)", nil)
            }
        }
        guard content.hasAccountNumbers else {
            return [.warning(.accounts, "No account number is set.", "Enter them under Account Numbers.")]
        }
        return [.ok(.accounts, "No export waits for an account number.")]
    }

    private var queue: [DoctorFinding] {
        guard let content = facts.database.content else { return [] }
        let open: [ExportState.Name] = [.pending, .exporting, .checking, .error, .onHold]
        let counts = open.compactMap { state in
            content.exports[state].flatMap { $0 > 0 ? "\($0) \(state.title)" : nil }
        }
        let text = counts.isEmpty ? "Nothing waits." : "In the queue: \(counts.joined(separator: ", "))."
        if content.longInError > 0 {
            return [
                .problem(
                    .queue, "\(text) \(Self.exports(content.longInError, "is", "are")) in Error for more than an hour.",
                    "See the reasons on the page Accounting Export Queue, mend them, then reset for export.")
            ]
        }
        if content.exports[.error] ?? 0 > 0 {
            return [.warning(.queue, text, "See the reasons on the page Accounting Export Queue.")]
        }
        return [.ok(.queue, text)]
    }

    private var connections: [DoctorFinding] {
        guard let content = facts.database.content else { return [] }
        if !content.troubles.isEmpty {
            return content.troubles.map { trouble in
                let company = trouble.company ?? "connection \(trouble.connection.value)"
                return .problem(.connections, "\(company): \(trouble.trouble.explanation)", nil)
            }
        }
        guard content.connections > 0 else {
            return [.warning(.connections, "No company is connected.", "Press Connect to QuickBooks.")]
        }
        return [
            .ok(
                .connections,
                content.connections == 1 ? "1 company is connected." : "\(content.connections) companies are connected."
            )
        ]
    }

    private var backups: DoctorFinding {
        switch facts.backups {
        case .notMade:
            return .warning(
                .backups, "Daybook makes no backups by itself.", "Start it with --backup-dir, best on another disk.")
        case .unreadable(let words): return .problem(.backups, words, nil)
        case .made(let folder, nil, _):
            return .warning(
                .backups, "There is no backup in \(folder) yet.", "`daybook serve` makes the first at once.")
        case .made(let folder, let age?, let interval):
            let text = "The latest backup in \(folder) is \(Self.hours(age)) old."
            // One that failed is tried again an hour later.
            guard age > 2 * interval + 3_600 else { return .ok(.backups, text) }
            return .problem(.backups, text, "See in the log why none was made since.")
        }
    }

    private var passwords: DoctorFinding {
        let remedy = "Install Debian's package python3-zxcvbn, or name a list with DAYBOOK_PASSWORD_LIST."
        switch facts.passwords {
        case .none:
            return .warning(
                .passwords, "New passwords are not compared with a list of passwords that are tried first.", remedy)
        case .unreadable(let words): return .problem(.passwords, words, nil)
        case .list(let path, let count):
            let text = "New passwords are compared with the \(count) of \(path)."
            guard count < PasswordList.least else { return .ok(.passwords, text) }
            return .warning(.passwords, "\(text) It should have \(PasswordList.least) or more.", remedy)
        }
    }

    private static func exports(_ count: Int, _ one: String, _ several: String) -> String {
        count == 1 ? "1 export \(one)" : "\(count) exports \(several)"
    }

    private static func size(_ bytes: Int) -> String {
        bytes < 1 << 20 ? "\(bytes >> 10) KB" : bytes < 10 << 30 ? "\(bytes >> 20) MB" : "\(bytes >> 30) GB"
    }

    private static func hours(_ seconds: TimeInterval) -> String {
        let hours = Int(seconds / 3_600)
        return hours < 1 ? "less than an hour" : hours == 1 ? "1 hour" : "\(hours) hours"
    }
}
