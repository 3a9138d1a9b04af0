// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("Export state machine")
struct ExportStateMachineTests {
    static func time(_ seconds: Double) -> Date { Date(timeIntervalSince1970: seconds) }

    private static let receipt = Receipt(documentID: "9", syncToken: "0")
    private static let refusal = Refusal(code: "6000", explanation: "no", intuitTID: nil)
    private static let problem = Problem.unknownAccountNumber(number("1"))
    private static let doubt = Doubt(since: time(100), lookNoEarlierThan: time(105))

    /// Every state, Error in each of its ways.
    static let states: [String: ExportState] = [
        "pending": .pending, "exporting": .exporting, "checking": .checking(doubt), "exported": .exported(receipt),
        "refused": .error(.refused(refusal)), "blocked": .error(.blocked(problem)),
        "foreign": .error(.foreignDocument(documentID: "3", explanation: "other")), "held": .onHold,
        "collecting": .collecting, "excluded": .excluded, "withdrawn": .withdrawn, "nothing": .nothingToPost,
    ]

    static let events: [String: ExportEvent] = [
        "enveloped": .enveloped, "posted": .posted(receipt), "refused": .refused(refusal), "blocked": .blocked(problem),
        "unknown": .outcomeUnknown(end: time(200), firstLook: time(205), .ourStop),
        "found": .found(receipt),
        "foundForeign": .foundForeign(documentID: "3", explanation: "other"),
        "notFound": .notFound(lookBegan: time(230), isProven: true, nextLook: time(230)),
        "notFoundEarly": .notFound(lookBegan: time(229), isProven: false, nextLook: time(235)),
        "refusedAsWhole": .refusedAsWhole, "numberTaken": .numberTaken(refusal, now: time(210)),
        "tooLarge": .tooLargeAlone(
            RefusedAlone(
                refusal, at: time(210), companyAnswered: time(9), companyRefused: nil, nothingElseExplainsIt: true)),
        "reset": .resetRequested(now: time(300)), "hold": .holdRequested, "release": .holdReleased(now: time(300)),
        "cleared": .problemCleared, "notBooked": .notBooked, "postponed": .lookPostponed(until: time(400)),
        "lookRequired": .lookRequired(since: time(250), firstLook: time(380)),
        "closed": .dayClosed(netsToNothing: false), "closedEmpty": .dayClosed(netsToNothing: true),
        "exclude": .excludeRequested, "include": .includeRequested(now: time(300)), "superseded": .superseded,
        "takenBack": .takeBackRequested,
    ]

    /// The legal pairs and where they lead, for an export no request of which is in doubt (Checking apart).
    private static let legal: [String: ExportState] = [
        "pending enveloped": .exporting, "pending blocked": .error(.blocked(problem)), "pending hold": .onHold,
        "exporting posted": .exported(receipt), "exporting refused": .error(.refused(refusal)),
        "exporting unknown": .checking(Doubt(since: time(200), lookNoEarlierThan: time(205))),
        "checking found": .exported(receipt),
        "checking foundForeign": .error(.foreignDocument(documentID: "3", explanation: "other")),
        "checking notFound": .pending,
        "checking notFoundEarly": .checking(Doubt(since: time(100), lookNoEarlierThan: time(235))),
        "exporting refusedAsWhole": .pending, "exporting tooLarge": .pending,
        "exporting numberTaken": .checking(Doubt(since: time(210), lookNoEarlierThan: time(210))),
        "refused reset": .pending, "blocked reset": .pending, "foreign reset": .pending, "blocked cleared": .pending,
        "exporting notBooked": .pending,
        "pending foundForeign": .error(.foreignDocument(documentID: "3", explanation: "other")),
        "pending lookRequired": .checking(Doubt(since: time(250), lookNoEarlierThan: time(380))),
        "checking postponed": .checking(Doubt(since: time(100), lookNoEarlierThan: time(400))),
        "collecting closed": .pending, "collecting closedEmpty": .nothingToPost,
        "pending exclude": .excluded, "refused exclude": .excluded, "blocked exclude": .excluded,
        "foreign exclude": .excluded, "held exclude": .excluded, "excluded include": .pending,
        "collecting superseded": .withdrawn, "pending superseded": .withdrawn, "refused superseded": .withdrawn,
        "blocked superseded": .withdrawn, "foreign superseded": .withdrawn, "held superseded": .withdrawn,
        "excluded superseded": .withdrawn,
        "collecting takenBack": .withdrawn, "pending takenBack": .withdrawn, "refused takenBack": .withdrawn,
        "blocked takenBack": .withdrawn, "foreign takenBack": .withdrawn, "held takenBack": .withdrawn,
        "excluded takenBack": .withdrawn,
        "refused hold": .onHold, "blocked hold": .onHold, "foreign hold": .onHold, "held release": .pending,
    ]

    @Test("Every state takes exactly its own events; any other is refused and changes nothing")
    func everyPair() {
        for (stateName, state) in Self.states {
            for (eventName, event) in Self.events {
                let before = ExportProgress(state: state)
                let pair = "\(stateName) \(eventName)"
                switch before.after(event) {
                case .success(let after): #expect(after.state == Self.legal[pair], "\(pair)")
                case .failure(let refused):
                    #expect(Self.legal[pair] == nil, "\(pair)")
                    #expect(refused == ExportEventRefused(state: state.name, event: event))
                    #expect(!refused.message.isEmpty)
                }
                var same = before
                if (try? same.apply(event)) == nil { #expect(same == before, "\(pair)") }  // a refusal is the point
            }
        }
        #expect(Set(Self.states.values.map(\.name)) == Set(ExportState.Name.allCases))
    }

    @Test("Once in doubt, every way back to sending leads over a look, since the latest doubt")
    func doubtStays() throws {
        let again = Doubt(since: Self.time(200), lookNoEarlierThan: Self.time(300))
        for name in ["refused", "blocked", "foreign", "held"] {
            let state = try #require(Self.states[name])
            let before = ExportProgress(state: state, lastDoubt: Self.time(200))
            let event: ExportEvent =
                name == "held" ? .holdReleased(now: Self.time(300)) : .resetRequested(now: Self.time(300))
            #expect(try before.after(event).get() == ExportProgress(state: .checking(again), lastDoubt: Self.time(200)))
        }
        let excluded = ExportProgress(state: .excluded, lastDoubt: Self.time(200))
        #expect(try excluded.after(.includeRequested(now: Self.time(300))).get().state == .checking(again))
        for name in ["pending", "refused", "blocked", "foreign", "held", "excluded"] {
            let before = ExportProgress(state: try #require(Self.states[name]), lastDoubt: Self.time(200))
            let refused = #expect(throws: ExportEventRefused.self) { try before.after(.superseded).get() }
            #expect(refused?.message.contains("is looked up first") == true, "\(name)")
            #expect(throws: ExportEventRefused.self) { try before.after(.takeBackRequested).get() }
        }
        let blocked = ExportProgress(state: .error(.blocked(Self.problem)), lastDoubt: Self.time(200))
        #expect(
            try blocked.after(.problemCleared).get().state
                == .checking(Doubt(since: Self.time(200), lookNoEarlierThan: Self.time(200))))
    }

    @Test("The proof of absence ends a doubt: after a refusal, a reset sends without another look")
    func wholeLife() throws {
        var progress = ExportProgress()
        let story: [ExportEvent] = [
            .enveloped,
            .outcomeUnknown(end: Self.time(200), firstLook: Self.time(205), .quickBooks(companyAnswered: nil)),
            .notFound(lookBegan: Self.time(205), isProven: false, nextLook: Self.time(215)),
        ]
        for event in story { try progress.apply(event) }
        #expect(progress.lastDoubt == Self.time(200))
        try progress.apply(.notFound(lookBegan: Self.time(330), isProven: true, nextLook: Self.time(330)))
        #expect(progress.lastDoubt == nil && progress.absentAt == Self.time(330))
        for event in [.enveloped, .refused(Self.refusal), .resetRequested(now: Self.time(400))] as [ExportEvent] {
            try progress.apply(event)
        }
        #expect(progress.state == .pending)
    }

    @Test("A number taken twice with nothing of ours found is a refusal; what the first said is stored")
    func numberTaken() throws {
        var progress = ExportProgress(state: .exporting)
        try progress.apply(.numberTaken(Self.refusal, now: Self.time(100)))
        #expect(progress.attempts.isNumberTaken && progress.lastDoubt == Self.time(100))
        try progress.apply(.notFound(lookBegan: Self.time(230), isProven: true, nextLook: Self.time(230)))
        try progress.apply(.enveloped)
        try progress.apply(.numberTaken(Self.refusal, now: Self.time(240)))
        #expect(progress.state == .error(.refused(Self.refusal)))
        #expect(!progress.attempts.isNumberTaken)
    }

    @Test("What was refused as a whole goes alone until it is in QuickBooks")
    func goesAlone() throws {
        var progress = ExportProgress(state: .exporting)
        try progress.apply(.refusedAsWhole)
        #expect(progress.attempts.goesAlone)
        #expect(!progress.attempts.isSuspect(companyAnswered: nil))
        try progress.apply(.enveloped)
        try progress.apply(.posted(Self.receipt))
        #expect(progress.attempts == ExportAttempts())
    }

    @Test("A document that goes unanswered while others are answered is suspected, and in the end refused in words")
    func unanswerable() throws {
        var progress = ExportProgress()
        var moment = 0.0
        for round in 1...12 {
            moment += 1_000
            try progress.apply(.enveloped)
            let answered = round == 1 ? nil : Self.time(moment - 1)
            try progress.apply(
                .outcomeUnknown(
                    end: Self.time(moment), firstLook: Self.time(moment), .quickBooks(companyAnswered: answered)))
            #expect(progress.attempts.isSuspect(companyAnswered: answered) == (round >= 6))
            let proof = ExportEvent.notFound(
                lookBegan: Self.time(moment + 130), isProven: true, nextLook: Self.time(moment))
            try progress.apply(proof)
        }
        guard case .error(.refused(let refusal)) = progress.state else {
            Issue.record("it goes round for ever: \(progress)")
            return
        }
        #expect(refusal.explanation.contains("certainly not booked"))
        #expect(progress.attempts == ExportAttempts())
    }

    @Test("An outage in which nothing is answered makes no document suspect, however often it is tried")
    func outageSuspectsNobody() throws {
        var progress = ExportProgress()
        for round in 1...50 {
            try progress.apply(.enveloped)
            let end = Self.time(Double(round) * 160)
            let silence = Silence.quickBooks(companyAnswered: Self.time(1))
            try progress.apply(.outcomeUnknown(end: end, firstLook: end, silence))
            try progress.apply(.notFound(lookBegan: end, isProven: true, nextLook: end))
        }
        #expect(progress.state == .pending && progress.attempts.unanswered == 1)
    }

    @Test("Our own stops say nothing of a document, however often they cut off its request")
    func stopsSuspectNobody() throws {
        var progress = ExportProgress()
        for round in 1...20 {
            let end = Self.time(Double(round) * 160)
            try progress.apply(.enveloped)
            try progress.apply(.outcomeUnknown(end: end, firstLook: end, .ourStop))
            #expect(progress.lastDoubt == end, "it is looked up all the same")
            try progress.apply(.notFound(lookBegan: end, isProven: true, nextLook: end))
        }
        #expect(progress == ExportProgress(state: .pending, absentAt: Self.time(3_200)))
    }

    @Test("Only a look that proved absence is remembered, and a later doubt does not forget it")
    func absence() throws {
        var progress = ExportProgress()
        try progress.apply(.lookRequired(since: Self.time(100), firstLook: Self.time(230)))
        #expect(progress.lastDoubt == Self.time(100))
        try progress.apply(.notFound(lookBegan: Self.time(229), isProven: false, nextLook: Self.time(230)))
        #expect(progress.absentAt == nil)
        try progress.apply(.notFound(lookBegan: Self.time(230), isProven: true, nextLook: Self.time(230)))
        #expect(progress.state == .pending && progress.absentAt == Self.time(230))
        try progress.apply(.enveloped)
        try progress.apply(.outcomeUnknown(end: Self.time(300), firstLook: Self.time(305), .ourStop))
        #expect(progress.absentAt == Self.time(230))
    }

    @Test("A proof of absence names the restored copy that its look was required for, over every look on the way")
    func absenceForCopy() throws {
        var progress = ExportProgress()
        let story: [ExportEvent] = [
            .lookRequired(since: Self.time(100), firstLook: Self.time(100), copy: 7),
            .notFound(lookBegan: Self.time(101), isProven: false, nextLook: Self.time(106)),
            .lookPostponed(until: Self.time(230)),
        ]
        for event in story { try progress.apply(event) }
        #expect(progress.absentCopy == nil)
        try progress.apply(.notFound(lookBegan: Self.time(230), isProven: true, nextLook: Self.time(230)))
        #expect(progress.state == .pending && progress.absentCopy == 7)
        // An ordinary doubt's proof neither counts for a later copy nor takes away the earlier one's.
        for event in [
            .enveloped,
            .outcomeUnknown(end: Self.time(300), firstLook: Self.time(305), .quickBooks(companyAnswered: nil)),
            .notFound(lookBegan: Self.time(430), isProven: true, nextLook: Self.time(430)),
        ] as [ExportEvent] {
            try progress.apply(event)
        }
        #expect(progress.absentCopy == 7 && progress.absentAt == Self.time(430))
    }

    @Test("A look that a restored copy requires never makes an older doubt of a newer one")
    func requiredAfterDoubt() throws {
        var progress = ExportProgress(state: .pending, lastDoubt: Self.time(500))
        try progress.apply(.lookRequired(since: Self.time(100), firstLook: Self.time(230)))
        #expect(progress.lastDoubt == Self.time(500))
    }

    @Test("A refused reset or hold says why in plain words")
    func words() {
        func message(_ state: ExportState.Name, _ event: ExportEvent) -> String {
            ExportEventRefused(state: state, event: event).message
        }
        let reset = ExportEvent.resetRequested(now: Self.time(0))
        #expect(
            message(.exported, reset) == "It is already in QuickBooks Online; sending it again would book it twice.")
        #expect(message(.pending, reset) == "It is Pending already and goes out by itself; no reset is needed.")
        #expect(message(.onHold, reset) == "It is On hold; release it instead.")
        #expect(message(.excluded, reset) == "It is Excluded and stays where it is; include it first.")
        // Whatever a person asks of an export, a refusal is about its state.
        for state in Self.states.values {
            for wish in [reset, .holdRequested, .excludeRequested, .includeRequested(now: Self.time(0))] {
                guard case .failure(let refused) = ExportProgress(state: state).after(wish) else { continue }
                #expect(!refused.message.hasPrefix("This can't happen"), "\(wish) in \(state)")
            }
        }
        #expect(
            message(.checking, reset)
                == "It is being sent or looked up just now; wait until that is settled.")
        #expect(message(.onHold, .holdRequested) == "It is On hold already.")
        #expect(message(.error, .holdReleased(now: Self.time(0))) == "It is not On hold.")
        #expect(message(.exported, .enveloped) == "This can't happen to an export that is Exported.")
    }
}
