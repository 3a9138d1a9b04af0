// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// How a ``Sandbox`` is set up.
///
/// Every default is Intuit's own value, or the seeded sample.
public struct SandboxOptions: Sendable {
    /// Seeds every random choice: token strings, mishaps, delays.
    ///
    /// The same seed and the same calls in the same order give the same answers.
    public var seed: UInt64
    /// Where time comes from.
    public var clock: SandboxClock
    /// The companies to seed; realm ids must differ.
    public var companies: [SandboxCompany]
    /// The people to seed; nil for the samples, an owner who administers every company and a bookkeeper who doesn't.
    public var users: [SandboxUser]?
    /// Whether the developer's and the consent pages ask people to sign in; if not, everybody is the first user.
    public var requiresSignIn: Bool
    /// Whether Intuit's request limits are enforced.
    ///
    /// They can be switched later.
    public var throttlesEnabled: Bool
    /// Lifetimes of tokens and codes; ``Sandbox/setLifetimes(_:)`` changes them later.
    public var lifetimes: TokenLifetimes
    /// How refusals are worded that Intuit words in more than one way.
    public var wordings: SandboxWordings
    /// How late a `committedLate` mishap may commit unless a mishap setting says otherwise.
    ///
    /// Intuit's gateway gives up after 120 s, hence the default.
    public var longestLateCommit: Duration
    /// Whether a second exchange of one authorization code ends the connection made with the first.
    public var codeReuseRevokesGrant: Bool

    /// Options with Intuit's values.
    public init(
        seed: UInt64 = 1,
        clock: SandboxClock = .wall,
        companies: [SandboxCompany] = SandboxCompany.samples,
        users: [SandboxUser]? = nil,
        requiresSignIn: Bool = false,
        throttlesEnabled: Bool = true,
        lifetimes: TokenLifetimes = TokenLifetimes(),
        wordings: SandboxWordings = SandboxWordings(),
        longestLateCommit: Duration = .seconds(120),
        codeReuseRevokesGrant: Bool = true
    ) {
        self.seed = seed
        self.clock = clock
        self.companies = companies
        self.users = users
        self.requiresSignIn = requiresSignIn
        self.throttlesEnabled = throttlesEnabled
        self.lifetimes = lifetimes
        self.wordings = wordings
        self.longestLateCommit = longestLateCommit
        self.codeReuseRevokesGrant = codeReuseRevokesGrant
    }
}

/// Where a sandbox's time comes from.
public enum SandboxClock: Sendable, Equatable {
    /// Real time, plus what ``Sandbox/advance(by:)`` has added.
    case wall
    /// Time begins at `from` and moves only by ``Sandbox/advance(by:)``, by latency and by time-outs.
    case stepped(from: Date)
}

/// A company to seed.
public struct SandboxCompany: Sendable, Equatable {
    /// What the company's books hold at first.
    public enum Books: Sendable, Equatable {
        /// A rental business: about sixty accounts with numbers, customers, vendors, three stores.
        case rental
        /// A company as Intuit makes a new one: next to nothing.
        case empty
    }

    /// The company's realm id: digits.
    public var realmID: String
    /// The company's name, as the consent page shows it.
    public var name: String
    /// What its books hold at first.
    public var books: Books

    /// Describes a company.
    public init(realmID: String, name: String, books: Books) {
        self.realmID = realmID
        self.name = name
        self.books = books
    }

    /// One rental company and one that is nearly empty.
    public static let samples = [
        SandboxCompany(realmID: "9341453908059321", name: "Three Rivers Rental", books: .rental),
        SandboxCompany(realmID: "9341453908059322", name: "Harbor Event Rental", books: .empty),
    ]
}

/// Lifetimes of tokens and codes, in seconds.
///
/// Defaults are Intuit's, as documented or as observed.
public struct TokenLifetimes: Sendable, Equatable {
    /// Life of an access token.
    public var access = 3600
    /// How long a refresh token lives unused; documented as 100 days, observed as 101.
    public var refreshIdle = 8_726_400
    /// How long a consent lives at most: five years of 365 days.
    public var refreshHard = 157_680_000
    /// Age from which a refresh answers with a new refresh token.
    public var rotationWindow = 86_400
    /// How long the old refresh token still works after a rotation.
    ///
    /// Intuit promises nothing, hence 0.
    public var overlap = 0
    /// Life of an authorization code.
    public var code = 600

    /// Intuit's lifetimes.
    public init() {}

    /// The longest that any may be set to: ten years.
    static let longest = 315_360_000

    /// Every lifetime with the name it has in control calls.
    var named: [(name: String, seconds: Int)] {
        [
            ("accessSeconds", access), ("refreshIdleSeconds", refreshIdle), ("refreshHardSeconds", refreshHard),
            ("rotationWindowSeconds", rotationWindow), ("overlapSeconds", overlap), ("codeSeconds", code),
        ]
    }

    mutating func set(_ name: String, _ seconds: Int) {
        switch name {
        case "accessSeconds": access = seconds
        case "refreshIdleSeconds": refreshIdle = seconds
        case "refreshHardSeconds": refreshHard = seconds
        case "rotationWindowSeconds": rotationWindow = seconds
        case "overlapSeconds": overlap = seconds
        default: code = seconds
        }
    }
}
