// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import HTTPTransport

/// What `daybook doctor` found out, before anybody judges it.
struct DoctorFacts: Equatable {
    var configuration: Configuration = .fine
    var disk: Disk = .usable(free: 10 << 30)
    var key: Key = .there
    var database: Database = .notYetThere
    var server: Server = .none(isPortTaken: false)
    /// The address that `serve` listens on.
    var address = "127.0.0.1:8710"
    var mail: Mail = .found("/usr/sbin/sendmail")
    var intuit: [Intuit] = []
    var backups: Backups = .notMade
    var passwords: Passwords = .none
    var certificate: Certificate = .notUsed("http://localhost:8710", isLocal: true)
    /// Whether the time comes from a sandbox's clock.
    var hasSandboxClock = false

    enum Configuration: Equatable {
        case fine
        case mistaken(String)
    }

    enum Disk: Equatable {
        /// Bytes on the disk of the data folder.
        case usable(free: Int)
        /// The data folder is made at the first start.
        case notYetThere(free: Int)
        case unusable(String)
    }

    enum Key: Equatable {
        /// It is made at the first start.
        case notYetThere
        case there
        /// A rotation is not finished.
        case rotating
        case refused(String)
    }

    enum Database: Equatable {
        case notYetThere
        case unreadable(String)
        case look(DatabaseLook)

        var content: DatabaseLook.Content? { if case .look(let look) = self { look.content } else { nil } }
    }

    enum Server: Equatable {
        /// It has proven that it serves the data folder.
        case answers(String)
        /// Another process holds the folder, and no server of it answers.
        case silent(String)
        case none(isPortTaken: Bool)
    }

    enum Mail: Equatable {
        case found(String)
        case missing(String)
    }

    struct Intuit: Equatable {
        let environment: String
        let address: String
        /// Why there is no usable answer; nil where there is one.
        let failure: String?
        /// By how many seconds its clock is ahead of this machine's; nil where it did not tell.
        let clockDifference: TimeInterval?
    }

    /// What the public address shows.
    enum Certificate: Equatable {
        /// The address is plain HTTP; whether it is for this machine alone.
        case notUsed(String, isLocal: Bool)
        /// Seconds since it began to be good, and until it ends.
        case shown(host: String, begun: TimeInterval, left: TimeInterval, doubt: PresentedCertificate.Doubt?)
        case unknown(String, reason: String)
    }

    /// The list of passwords that are refused.
    enum Passwords: Equatable {
        case none
        case list(path: String, count: Int)
        case unreadable(String)
    }

    enum Backups: Equatable {
        case notMade
        /// Its age and the interval in seconds; no age where there is none yet.
        case made(folder: String, age: TimeInterval?, interval: TimeInterval)
        case unreadable(String)
    }
}
