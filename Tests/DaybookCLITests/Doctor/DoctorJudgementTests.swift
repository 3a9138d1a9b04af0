// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookCLI
import DaybookStorage
import Foundation
import HTTPTransport
import Testing

@Suite("What daybook doctor makes of what it finds")
struct DoctorJudgementTests {
    typealias Facts = DoctorFacts

    private static func look(
        damage: String? = nil, schema: DatabaseLook.Schema = .current, key: DatabaseLook.KeyFit? = .fits,
        bytes: Int = 5 << 20, _ content: DatabaseLook.Content = DatabaseLook.Content(connections: 1)
    ) -> Facts.Database {
        .look(
            DatabaseLook(
                bytes: bytes, damage: damage, schema: schema, key: key,
                content: damage == nil && schema == .current ? content : nil))
    }

    private static let healthy: Facts = {
        var facts = Facts()
        facts.database = look()
        facts.server = .answers("http://127.0.0.1:8710")
        facts.intuit = [answer(ahead: 1)]
        facts.backups = .made(folder: "/b", age: 3_600, interval: 86_400)
        facts.passwords = .list(path: "/l", count: 38_000)
        facts.certificate = shown(days: 60)
        return facts
    }()

    private static func answer(_ failure: String? = nil, ahead: TimeInterval? = nil) -> Facts.Intuit {
        Facts.Intuit(
            environment: "production", address: "https://intuit.example", failure: failure, clockDifference: ahead)
    }

    private static func shown(
        days: Double, begun: TimeInterval = 86_400, _ doubt: PresentedCertificate.Doubt? = nil
    ) -> Facts.Certificate {
        .shown(host: "books.example.com", begun: begun, left: days * 86_400, doubt: doubt)
    }

    private func findings(_ change: (inout Facts) -> Void) -> [DoctorFinding] {
        var facts = Self.healthy
        change(&facts)
        return DoctorJudgement(facts: facts).findings
    }

    /// The findings of one check.
    private func judged(_ check: DoctorFinding.Check, _ change: (inout Facts) -> Void) -> [DoctorFinding] {
        findings(change).filter { $0.check == check }
    }

    private func expect(
        _ check: DoctorFinding.Check, _ grade: DoctorFinding.Grade, _ words: String,
        location: SourceLocation = #_sourceLocation, _ change: (inout Facts) -> Void
    ) {
        let found = judged(check, change)
        #expect(found.map(\.grade) == [grade], sourceLocation: location)
        #expect(found.first?.line.contains(words) == true, "\(found)", sourceLocation: location)
        // What is well needs nothing done.
        if grade == .ok { #expect(found.first?.remedy == nil, sourceLocation: location) }
    }

    @Test("of a healthy installation every check has one line, and all are ok")
    func healthy() {
        let all = findings { _ in }
        #expect(all.map(\.grade).allSatisfy { $0 == .ok }, "\(all.map(\.line))")
        #expect(Set(all.map(\.check)) == Set(DoctorFinding.Check.allCases) && all.count == 14)
        #expect(all.first?.line == "ok            configuration Every setting can be read.")
    }

    @Test("settings with a mistake end the round: nothing else can be found out")
    func configuration() {
        let found = findings { $0.configuration = .mistaken("DAYBOOK_LISTEN is “x”") }
        #expect(found.map(\.grade) == [.problem] && found.first?.text == "DAYBOOK_LISTEN is “x”")
    }

    @Test("the certificate: trusted, for the name, and good for two weeks more")
    func certificate() {
        expect(.certificate, .ok, "books.example.com is trusted, and good for 14 days") {
            $0.certificate = Self.shown(days: 14)
        }
        expect(.certificate, .warning, "good for 13 days. Renew it") { $0.certificate = Self.shown(days: 13.9) }
        expect(.certificate, .problem, "has run out") { $0.certificate = Self.shown(days: 0) }
        expect(.certificate, .problem, "has run out") { $0.certificate = Self.shown(days: -3, .issuer) }
        expect(.certificate, .problem, "not good yet") { $0.certificate = Self.shown(days: 90, begun: -60, .issuer) }
        expect(.certificate, .problem, "Nobody whom this machine trusts") {
            $0.certificate = Self.shown(days: 60, .issuer)
        }
        expect(.certificate, .problem, "is for another name. Get one for books") {
            $0.certificate = Self.shown(days: 60, .name)
        }
        expect(.certificate, .ok, "needs no certificate") { $0.certificate = .notUsed("http://a", isLocal: true) }
        expect(.certificate, .warning, "travel readable") { $0.certificate = .notUsed("http://a", isLocal: false) }
        expect(.certificate, .warning, "from here: Nobody answers.") {
            $0.certificate = .unknown("https://a", reason: "Nobody answers.")
        }
    }

    @Test("passwords: a list of those that are tried first, long enough")
    func passwords() {
        expect(.passwords, .ok, "compared with the 3000 of /l") { $0.passwords = .list(path: "/l", count: 3_000) }
        expect(.passwords, .warning, "python3-zxcvbn") { $0.passwords = .list(path: "/l", count: 2_999) }
        expect(.passwords, .warning, "DAYBOOK_PASSWORD_LIST") { $0.passwords = .none }
        expect(.passwords, .problem, "can't be read") { $0.passwords = .unreadable("The list can't be read.") }
    }

    @Test("the disk: writable, and with room for the database once more")
    func disk() {
        expect(.disk, .ok, "600 MB are free") { $0.disk = .usable(free: 600 << 20) }
        expect(.disk, .warning, "500 MB are free") { $0.disk = .usable(free: 500 << 20) }
        expect(.disk, .problem, "63 MB are free") { $0.disk = .usable(free: 63 << 20) }
        expect(.disk, .warning, "2000 MB are free") {
            $0.disk = .usable(free: 2_000 << 20)
            $0.database = Self.look(bytes: 3_000 << 20)
        }
        expect(.disk, .ok, "is made at the first start") { $0.disk = .notYetThere(free: 20 << 30) }
        expect(.disk, .problem, "is read-only") { $0.disk = .unusable("It is read-only.") }
    }

    @Test("the key: there, of this database, and not in the middle of a rotation")
    func key() {
        expect(.key, .ok, "fits the database") { _ in }
        expect(.key, .ok, "made at the first start") {
            $0.key = .notYetThere
            $0.database = .notYetThere
        }
        expect(.key, .ok, "can be read") { $0.database = .notYetThere }
        expect(.key, .problem, "chmod 400") { $0.key = .refused("Make it private with chmod 400.") }
        expect(.key, .problem, "is not the one") { $0.database = Self.look(key: .otherKey) }
        expect(.key, .warning, "daybook keys rotate") { $0.key = .rotating }
        expect(.key, .problem, "is not the one") {
            $0.key = .rotating
            $0.database = Self.look(key: .otherKey)
        }
    }

    @Test("the database: whole, and of this version")
    func database() {
        expect(.database, .ok, "whole: 5 MB") { _ in }
        expect(.database, .ok, "no database yet") { $0.database = .notYetThere }
        expect(.database, .problem, "can't be opened") { $0.database = .unreadable("It can't be opened.") }
        expect(.database, .problem, "restore the latest backup") { $0.database = Self.look(damage: "page 7") }
        expect(.database, .warning, "earlier version") { $0.database = Self.look(schema: .older) }
        expect(.database, .problem, "Start that version") { $0.database = Self.look(schema: .newer) }
        #expect(findings { $0.database = Self.look(schema: .older) }.allSatisfy { $0.check != .queue })
    }

    @Test("the port: free, or Daybook's own")
    func port() {
        expect(.port, .ok, "own server answers at http://127.0.0.1:8710") { _ in }
        expect(.port, .ok, "127.0.0.1:8710 is free") { $0.server = .none(isPortTaken: false) }
        expect(.port, .problem, "Another program listens on 127.0.0.1:8710") { $0.server = .none(isPortTaken: true) }
        expect(.port, .problem, "does not answer") { $0.server = .silent("Process 7 does not answer.") }
    }

    @Test("mail is a problem only where somebody is to be told by e-mail")
    func mail() {
        expect(.mail, .ok, "/usr/sbin/sendmail") { _ in }
        expect(.mail, .ok, "no notifier needs one") { $0.mail = .missing("There is none.") }
        expect(.mail, .problem, "There is none.") {
            $0.mail = .missing("There is none.")
            $0.database = Self.look(DatabaseLook.Content(connections: 1, emailNotifiers: 2))
        }
    }

    @Test("Intuit's answers, one line each, and by their time the clock", arguments: [-1.0, 1.0])
    func intuit(_ sign: Double) {
        expect(.intuit, .problem, "it answered 502.") { $0.intuit = [Self.answer("it answered 502.")] }
        #expect(judged(.intuit) { $0.intuit = [Self.answer(), Self.answer("no")] }.map(\.grade) == [.ok, .problem])
        expect(.clock, .ok, "agrees") { $0.intuit = [Self.answer(ahead: 29 * sign)] }
        expect(.clock, .warning, "30 s \(sign > 0 ? "behind" : "ahead of") Intuit's") {
            $0.intuit = [Self.answer(ahead: 30 * sign)]
        }
        expect(.clock, .warning, "299 s") { $0.intuit = [Self.answer(ahead: 299 * sign)] }
        expect(.clock, .problem, "300 s") { $0.intuit = [Self.answer(ahead: 300 * sign)] }
        expect(.clock, .warning, "not known") { $0.intuit = [Self.answer("no")] }
        expect(.clock, .ok, "sandbox") {
            $0.hasSandboxClock = true
            $0.intuit = [Self.answer(ahead: 9_000)]
        }
        #expect(DoctorRound.moment("Sun, 06 Nov 1994 08:49:37 GMT") == Date(timeIntervalSince1970: 784_111_777))
        #expect(DoctorRound.moment("yesterday") == nil)
    }

    @Test("what waits, fails and is troubled")
    func contents() {
        func content(_ content: DatabaseLook.Content) -> (inout Facts) -> Void {
            { $0.database = Self.look(content) }
        }
        expect(.accounts, .ok, "No export waits", content(.init()))
        expect(.accounts, .warning, "No account number is set", content(.init(hasAccountNumbers: false)))
        let missing = DatabaseLook.Cause(explanation: "No account number is set for Tax.", exports: 1)
        expect(.accounts, .problem, "1 export waits: No account", content(.init(missingNumbers: [missing])))

        expect(.queue, .ok, "Nothing waits.", content(.init(exports: [.exported: 9, .pending: 0])))
        expect(.queue, .ok, "3 Pending, 1 On hold", content(.init(exports: [.pending: 3, .onHold: 1])))
        expect(.queue, .warning, "2 Error", content(.init(exports: [.error: 2])))
        expect(
            .queue, .problem, "1 export is in Error for more than an hour",
            content(.init(exports: [.error: 2], longInError: 1)))

        expect(.connections, .warning, "Press Connect to QuickBooks", content(.init()))
        expect(.connections, .ok, "2 companies are connected", content(.init(connections: 2)))
        let trouble = ConnectionTrouble(cause: .hardExpired, since: Date(timeIntervalSince1970: 0))
        let first = DatabaseLook.Trouble(connection: .first, company: "Ridge", trouble: trouble)
        let second = DatabaseLook.Trouble(connection: .init(2), company: nil, trouble: trouble)
        let found = judged(.connections, content(.init(connections: 2, troubles: [first, second])))
        #expect(found.map(\.grade) == [.problem, .problem])
        #expect(found.first?.text.hasPrefix("Ridge: ") == true && found.last?.text.hasPrefix("connection 2: ") == true)
    }

    @Test("backups: made, and not missing for two intervals and an hour")
    func backups() {
        func made(_ age: TimeInterval?) -> (inout Facts) -> Void {
            { $0.backups = .made(folder: "/b", age: age, interval: 86_400) }
        }
        expect(.backups, .ok, "less than an hour old", made(60))
        expect(.backups, .ok, "49 hours old", made(176_400))
        expect(.backups, .problem, "49 hours old", made(176_401))
        expect(.backups, .warning, "no backup in /b yet", made(nil))
        expect(.backups, .warning, "--backup-dir") { $0.backups = .notMade }
        expect(.backups, .problem, "can't be read") { $0.backups = .unreadable("It can't be read.") }
    }
}
