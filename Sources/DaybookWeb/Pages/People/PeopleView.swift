// SPDX-License-Identifier: Apache-2.0
import Daybook

/// Everybody who may sign in, with roles, sessions and buttons.
struct PeopleView {
    struct AssignmentView {
        let words: String
        let role: String
        let company: String
        let store: String
    }

    struct PersonView {
        let address: String
        let name: String
        let isEnabled: Bool
        let hasAuthenticator: Bool
        let lastSignIn: String?
        let roles: [AssignmentView]
        let sessions: [SessionView]
        let hasSessions: Bool
    }

    struct RoleChoice {
        let key: String
        let title: String
        let explanation: String
    }

    struct Choice {
        let value: String
        let label: String
    }

    /// A one-time link, on the page that follows its making and never again.
    struct LinkView {
        let name: String
        let address: String
        let days: String
    }

    let people: [PersonView]
    let roles: [RoleChoice]
    let companies: [Choice]
    let hasCompanies: Bool
    let stores: [Choice]
    let link: LinkView?
    let entered: String

    init(
        _ people: [Person], sessions: [Session], places: PlaceNames, link: LinkView?, entered: String, shown: ShownText
    ) {
        self.people = people.map { person in
            PersonView(person, sessions.filter { $0.person == person.id }, places, shown)
        }
        roles = Role.allCases.map {
            RoleChoice(key: $0.rawValue, title: $0.title, explanation: $0.explanation)
        }
        companies = places.titles.sorted { $0.key < $1.key }.map { Choice(value: "\($0.key.value)", label: $0.value) }
        hasCompanies = companies.count > 1
        stores = places.stores.allStores.map { Choice(value: "\($0.number)", label: "\($0.number) \($0.name)") }
        self.link = link
        self.entered = entered
    }
}

extension PeopleView.PersonView {
    init(_ person: Person, _ sessions: [Session], _ places: PlaceNames, _ shown: ShownText) {
        let page = "\(PeoplePages.address)/\(person.id.value)"
        address = page
        name = person.name.text
        isEnabled = person.isEnabled
        hasAuthenticator = person.hasAuthenticator
        lastSignIn = person.lastSignInAt.map(shown.time)
        roles = PlaceNames.sorted(person.roles).map { assignment in
            PeopleView.AssignmentView(
                words: places.words(assignment), role: assignment.role.rawValue,
                company: assignment.company.map { "\($0.value)" } ?? "",
                store: assignment.store.map { "\($0)" } ?? "")
        }
        self.sessions = sessions.map { SessionView($0, page: page, shown: shown) }
        hasSessions = !sessions.isEmpty
    }
}
