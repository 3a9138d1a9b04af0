// SPDX-License-Identifier: Apache-2.0
import HTTPTransport

/// The whole state of a sandbox; one call at a time reads or changes it.
struct SandboxState: Sendable {
    let options: SandboxOptions
    var clock: TurnableClock
    /// The moment of the call being answered.
    var now: Instant
    var random: SeededRandom
    /// Lifetimes in force; they can be changed at any time.
    var lifetimes: TokenLifetimes
    var people: People
    var registry: Registry
    /// Whether the pages ask users to sign in; if not, everybody is the first user.
    var requiresSignIn: Bool
    var sessions = BrowserSessions()
    /// What each user has answered on the developer's side, by user id.
    var developers: [String: DeveloperAccount] = [:]
    var grants = GrantBook()
    var companies: [CompanyFile]
    var throttles: [Throttle]
    let companyIndex: [String: Int]
    var throttlesEnabled: Bool
    var mishaps: MishapPlan
    var outages = Outages()
    var lostAnswers = LostAnswers()
    /// Set while a token call is answered whose answer is to be lost: how long to stay silent before that.
    var silenceOfThisAnswer: Duration?
    var wordings: SandboxWordings
    /// Signs id_tokens; nil until the first one is needed.
    var signingKey: SigningKey?
    var lateCommits = LateCommits()
    var counters = SandboxCounters()

    init(_ options: SandboxOptions) {
        let clock = TurnableClock(options.clock)
        let now = clock.now
        self.options = options
        self.clock = clock
        self.now = now
        random = SeededRandom(seed: options.seed)
        mishaps = MishapPlan(seed: options.seed &+ 0x6D69_7368_6170)
        throttlesEnabled = options.throttlesEnabled
        lifetimes = options.lifetimes
        wordings = options.wordings
        requiresSignIn = options.requiresSignIn
        let users = options.users ?? SandboxUser.samples(for: options.companies)
        people = People(users)
        registry = Registry(users: users)
        companies = options.companies.map { company in
            switch company.books {
            case .rental:
                var file = CompanyFile.rentalCompany(realmID: company.realmID, now: now.date)
                file.name = company.name
                return file
            case .empty: return CompanyFile.emptyCompany(realmID: company.realmID, name: company.name, now: now.date)
            }
        }
        throttles = options.companies.map { _ in Throttle() }
        companyIndex = Dictionary(
            options.companies.enumerated().map { ($1.realmID, $0) }, uniquingKeysWith: { first, _ in first })
    }

    var longestLateCommit: Duration { mishaps.settings.longestLateCommit ?? options.longestLateCommit }

    /// Reads the clock, and carries out what was due before now.
    mutating func catchUp() {
        now = clock.now
        while let late = lateCommits.next(dueBy: now) {
            _ = companies[late.company].answer(late.call, now: late.due.date, requestIDs: late.requestIDs)
            counters.lateCommits += 1
        }
    }

    var countersNow: SandboxCounters {
        var result = counters
        result.lateCommitsWaiting = lateCommits.count
        for company in companies { result.documents[company.realmID] = company.documentCount }
        return result
    }
}
