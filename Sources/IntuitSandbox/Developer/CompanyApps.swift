// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes

/// The Apps page of QuickBooks Online: what a company has connected, with Disconnect and Reconnect.
extension SandboxState {
    mutating func quickBooks(_ visit: inout Visit) -> TransportResponse? {
        switch (visit.call.segments, visit.call.method) {
        case (["app", "apps"], .get): return companyApps(&visit)
        case (["app", "apps", "disconnect"], .post): return disconnectApp(&visit)
        default: return nil
        }
    }

    private mutating func companyApps(_ visit: inout Visit) -> TransportResponse {
        guard let user = visit.user else { return signInFirst(visit) }
        let sections = companies.filter { user.roles[$0.realmID] != nil }.map { company in
            CompanyAppsPage.Section(
                realmID: company.realmID, name: company.name, isAdmin: user.administers(company.realmID),
                connections: connectedCompanies(realmID: company.realmID).map(shown))
        }
        let landings = sections.flatMap { $0.connections.compactMap { registry.keys[$0.clientID]?.urls.disconnect } }
        return show(
            &visit, "My Apps", CompanyAppsPage(sections: sections).body, isWide: true, formTargets: landings)
    }

    private func shown(_ connection: SandboxConnectedCompany) -> CompanyAppsPage.Connection {
        let app = registry.keys[connection.clientID]
        func address(_ url: String?) -> String? { url.map { Self.adding(realmID: connection.realmID, to: $0) } }
        return CompanyAppsPage.Connection(
            clientID: connection.clientID, appName: connection.appName,
            keyWord: app?.environment.keyWord ?? "", connectedBy: people[connection.userID]?.name ?? "somebody",
            since: Instant(connection.since).httpDate, hasExpired: connection.hasExpired,
            reconnect: address(app?.urls.reconnect), launch: address(app?.urls.launch))
    }

    private mutating func disconnectApp(_ visit: inout Visit) -> TransportResponse {
        guard let user = visit.user else { return signInFirst(wanted: CompanyAppsPage.path) }
        let form = FormFields(visit.call.body)
        let realmID = form["realmId"] ?? ""
        let clientID = form["clientId"] ?? ""
        guard user.administers(realmID) else {
            return lead(
                &visit, to: CompanyAppsPage.path,
                .trouble("You are no administrator of this company; only an administrator can disconnect its apps."))
        }
        do {
            if let landing = try disconnect(realmID: realmID, clientID: clientID) { return Answer.seeOther(landing) }
        } catch {
            return lead(&visit, to: CompanyAppsPage.path, .trouble(error.description))
        }
        return lead(
            &visit, to: CompanyAppsPage.path,
            .done("\(appName(clientID)) is disconnected. It has no Disconnect URL, so QuickBooks leaves you here."))
    }
}
