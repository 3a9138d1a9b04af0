// SPDX-License-Identifier: Apache-2.0

/// The result of a verb of ``SandboxBreakage`` or ``SandboxMending``.
public struct SandboxBreakingResult: Sendable, Equatable {
    /// What was done, in a sentence.
    public var sentence: String
    /// The new Client Secret, after ``SandboxBreakage/rotateSecret``.
    public var clientSecret: String?
}

extension SandboxState {
    mutating func breakConnection(
        _ verb: SandboxBreakage, _ target: SandboxBreakingTarget
    ) throws(SandboxError) -> SandboxBreakingResult {
        if let outage = verb.outage {
            let length = try checked(target.seconds ?? .seconds(300))
            let bytes = try checked(target.bytes, for: verb)
            outages.begin(
                Outages.Outage(kind: outage.kind, until: now.advanced(by: length), bytes: bytes), outage.endpoint)
            let which = bytes.map { ", for bodies of more than \($0) bytes," } ?? ""
            return SandboxBreakingResult(sentence: "\(verb.title)\(which) for \(length.inSeconds) s.")
        }
        switch verb {
        case .rotateSecret:
            let clientID = try meantKeys(target)
            let secret = try rotateSecret(clientID: clientID, keepPrevious: target.keepsPreviousSecret)
            return SandboxBreakingResult(
                sentence: "The app \(appName(clientID)) has a new Client Secret; the previous one "
                    + (target.keepsPreviousSecret ? "works beside it." : "no longer works."),
                clientSecret: secret)
        case .suspendCompany:
            let realmID = try meantCompany(target)
            try setSubscription(isActive: false, realmID: realmID)
            return SandboxBreakingResult(sentence: "\(try nameOfCompany(realmID)) is suspended; its writes get 6190.")
        case .removeUser:
            return SandboxBreakingResult(sentence: try removeUser(target))
        default:
            return SandboxBreakingResult(sentence: try breakGrants(verb, target))
        }
    }

    private mutating func breakGrants(
        _ verb: SandboxBreakage, _ target: SandboxBreakingTarget
    ) throws(SandboxError) -> String {
        let realmID = try meantCompany(target)
        let name = try nameOfCompany(realmID)
        let meant = try meantGrants(target)
        if verb == .loseNextRefreshAnswer {
            let silence = try checked(target.seconds ?? .zero)
            lostAnswers.add(
                .init(realmID: realmID, clientID: target.clientID, silence: silence, rotates: target.rotates))
            return "The answer to the next refresh for \(name) will be lost."
        }
        for grant in meant {
            switch verb {
            case .rotateNow: grants.rotate(grant, lifetimes: lifetimes, now: now, random: &random)
            case .expireIdle: grants.expire(grant, \.idleEnd, now: now)
            case .expireHard: grants.expire(grant, \.hardEnd, now: now)
            default: grants.revoke(grant)
            }
        }
        return
            "\(verb.title): done for \(meant.count == 1 ? "the connection" : "\(meant.count) connections") of \(name)."
    }

    private mutating func removeUser(_ target: SandboxBreakingTarget) throws(SandboxError) -> String {
        let realmID = try meantCompany(target)
        let name = try nameOfCompany(realmID)
        guard let wanted = target.user else {
            try setMembership(userIsMember: false, realmID: realmID)
            return "The person who connected \(name) is no longer a member of it."
        }
        let user = try user(wanted)
        guard user.roles[realmID] != nil else {
            throw SandboxError(description: "\(user.email) is no member of \(name); there is nobody to remove.")
        }
        try setRole(nil, userID: user.userID, realmID: realmID)
        return "\(user.email) is no longer a member of \(name)."
    }

    mutating func mend(
        _ verb: SandboxMending, _ target: SandboxBreakingTarget
    ) throws(SandboxError) -> SandboxBreakingResult {
        switch verb {
        case .restoreUser:
            let realmID = try meantCompany(target)
            try setMembership(userIsMember: true, realmID: realmID)
            return SandboxBreakingResult(
                sentence: "Everybody removed from \(try nameOfCompany(realmID)) is a member again.")
        case .resumeCompany:
            let realmID = try meantCompany(target)
            try setSubscription(isActive: true, realmID: realmID)
            return SandboxBreakingResult(sentence: "The subscription of \(try nameOfCompany(realmID)) is in order.")
        case .allWell:
            mendEverything()
            return SandboxBreakingResult(sentence: "All is well: no outage, no mishap, and no user is removed.")
        }
    }

    private mutating func mendEverything() {
        outages.endAll()
        lostAnswers.removeAll()
        mishaps.replace(with: SandboxMishapSettings())
        for index in companies.indices {
            companies[index].subscriptionIsActive = true
            people.restore(realmID: companies[index].realmID)
        }
        for app in registry.allKeys { registry.change(app.clientID) { $0.isAllowed = true } }
    }

    private func checked(_ bytes: Int?, for verb: SandboxBreakage) throws(SandboxError) -> Int? {
        guard let bytes else { return nil }
        guard verb == .apiTooLarge else {
            throw SandboxError(
                description: "bytes has no meaning for \(verb.rawValue); leave it out, or use api-too-large.")
        }
        guard bytes >= 0 else { throw SandboxError(description: "bytes is \(bytes); give 0 or more.") }
        return bytes
    }

    private func checked(_ length: Duration) throws(SandboxError) -> Duration {
        guard length >= .zero, length <= .seconds(31_536_000) else {
            throw SandboxError(
                description: "seconds is \(length.inSeconds); give a number from 0 to 31536000, one year.")
        }
        return length
    }
}

extension Sandbox {
    /// Breaks a connection in one of the ways it may break at Intuit.
    ///
    /// - Throws: ``SandboxError`` if the target names what the sandbox doesn't have, names too little to tell which
    ///   company is meant, or has no connection that still works.
    @discardableResult
    public func breakConnection(
        _ verb: SandboxBreakage, _ target: SandboxBreakingTarget = SandboxBreakingTarget()
    ) throws -> SandboxBreakingResult {
        try withState {
            $0.catchUp()
            return try $0.breakConnection(verb, target)
        }
    }

    /// Mends what can be mended.
    ///
    /// - Throws: ``SandboxError`` if the target names what the sandbox doesn't have, or too little to tell which
    ///   company is meant.
    @discardableResult
    public func mend(
        _ verb: SandboxMending, _ target: SandboxBreakingTarget = SandboxBreakingTarget()
    ) throws -> SandboxBreakingResult {
        try withState {
            $0.catchUp()
            return try $0.mend(verb, target)
        }
    }
}
