// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes

/// Pages for what people do to the sandbox itself; like the control calls they need no sign-in.
extension SandboxState {
    mutating func controls(_ visit: inout Visit) -> TransportResponse? {
        switch (visit.call.segments, visit.call.method) {
        case (["clock"], .get): return clockPage(&visit)
        case (["clock"], .post): return turnClock(&visit)
        case (["people"], .get): return peoplePage(&visit)
        case (["people"], .post): return changeRole(&visit)
        case (["break"], .get): return breakPage(&visit)
        case (["break"], .post): return breakConnection(&visit)
        default: return nil
        }
    }

    // MARK: Clock

    private mutating func clockPage(_ visit: inout Visit) -> TransportResponse {
        show(&visit, "Clock", ClockPage(now: now).body)
    }

    private mutating func turnClock(_ visit: inout Visit) -> TransportResponse {
        do {
            let step = try SandboxDuration(reading: trimmed(FormFields(visit.call.body)["step"])).duration
            clock.advance(by: step)
            catchUp()
            let length = Spans.words(Int(step.components.seconds))
            return lead(&visit, to: ClockPage.path, .done("The clock was turned forward by \(length)."))
        } catch {
            return lead(&visit, to: ClockPage.path, .trouble(error.description))
        }
    }

    // MARK: People

    private mutating func peoplePage(_ visit: inout Visit) -> TransportResponse {
        let page = PeoplePage(users: people.all, companies: companies.map { ($0.realmID, $0.name) })
        return show(&visit, "Manage users", page.body, isWide: true)
    }

    private mutating func changeRole(_ visit: inout Visit) -> TransportResponse {
        let form = FormFields(visit.call.body)
        do {
            let user = try user(form["user"] ?? "")
            let choice = try PeoplePage.Choice(form["role"])
            try setRole(choice.role, userID: user.userID, realmID: form["realmId"] ?? "")
            return lead(&visit, to: PeoplePage.path, .done("\(user.name): \(choice.label.lowercased())."))
        } catch {
            return lead(&visit, to: PeoplePage.path, .trouble(error.description))
        }
    }
}
