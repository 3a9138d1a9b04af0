// SPDX-License-Identifier: Apache-2.0
import Daybook
import Testing

@Suite("Which of two troubles is said")
struct ConnectionTroubleTests {
    typealias Cause = ConnectionTrouble.Cause

    @Test("the end of a grant is said in the place of anything else, and nothing in its place")
    func final() {
        for end in Cause.allCases where end.isFinal {
            for other in Cause.allCases where !other.isFinal {
                #expect(end.takes(thePlaceOf: other), "\(end) after \(other)")
                #expect(!other.takes(thePlaceOf: end), "\(other) after \(end)")
            }
        }
    }

    @Test(
        "of two answers that can't both be true, the newer is said",
        arguments: [[Cause.clientRefused, .appRefused, .requestRefused], [.subscriptionLapsed, .notAllowed]])
    func alternatives(_ causes: [Cause]) {
        for cause in causes {
            for other in causes { #expect(cause.takes(thePlaceOf: other) == (cause != other), "\(cause), \(other)") }
        }
    }

    @Test(
        "what could not be asked does not hide what was answered; of two that may both be true, the first stays",
        arguments: [
            (Cause.unreachable, Cause.subscriptionLapsed, false), (.subscriptionLapsed, .unreachable, true),
            (.accessRefused, .notAllowed, false), (.notAllowed, .accessRefused, false),
            (.environmentMissing, .clientRefused, false), (.companyRefused, .clientRefused, true),
            (.clientRefused, .companyRefused, false), (.clientRefused, .subscriptionLapsed, true),
        ])
    func weight(_ cause: Cause, _ present: Cause, _ isSaid: Bool) {
        #expect(cause.takes(thePlaceOf: present) == isSaid)
    }

    @Test("a company that says that its subscription holds ends a lapsed one, and not what the plan forbids")
    func subscription() {
        #expect(Cause.subscriptionLapsed.isEnded(by: .subscription))
        #expect(!Cause.notAllowed.isEnded(by: .subscription) && !Cause.clientRefused.isEnded(by: .subscription))
        #expect(!Cause.subscriptionLapsed.isEnded(by: .call))
    }
}

@Suite("What holds exports back")
struct HeldExportsTests {
    @Test("a connection in any trouble, one that is broken, and one that is not there hold their Pending exports")
    func held() {
        let grant = TokenDialogue.grant()
        let well = Connection(id: .first, grant: grant)
        #expect(!well.holdsExports)
        #expect(Connection(id: .first).holdsExports)
        for cause in ConnectionTrouble.Cause.allCases {
            let trouble = ConnectionTrouble(cause: cause, since: TokenDialogue.start, intuitTID: nil)
            #expect(Connection(id: .first, grant: grant, trouble: trouble).holdsExports, "\(cause)")
        }
    }
}
