// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes

/// What an app asks of a user: the parameters of `/connect/oauth2`, as they came.
struct ConsentRequest: Sendable {
    static let names = ["client_id", "response_type", "scope", "redirect_uri", "state", "claims"]

    var clientID: String
    var responseType: String?
    var scope: String?
    var redirectURI: String
    var state: String?
    /// Text of the parameter `claims`: JSON that asks for claims in the id_token.
    var claims: String?
    /// The known parameters, to be sent on by the page's form.
    var parameters: [(name: String, value: String)]
    /// Where the browser is sent; it differs from ``redirectURI`` for the Playground only.
    var landing: String

    init(_ fields: FormFields, _ call: IncomingCall) {
        clientID = fields["client_id"] ?? ""
        responseType = fields["response_type"]
        scope = fields["scope"]
        redirectURI = fields["redirect_uri"] ?? ""
        state = fields["state"]
        claims = fields["claims"]
        parameters = fields.pairs.filter { Self.names.contains($0.name) }
        landing = Playground.landing(redirectURI, call)
    }

    var scopes: [String] { (scope ?? "").split(separator: " ").map(String.init) }

    /// Whether a company is to be chosen; a sign-in alone needs none.
    var reachesCompany: Bool { Scopes.reachCompany(scopes) }

    /// Whether the id_token is to name the company: `{"id_token":{"realmId":null}}`.
    var wantsRealmClaim: Bool { claimsObject?["id_token"]?.members?["realmId"] != nil }

    private var claimsObject: JSONValue? {
        guard let claims else { return nil }
        // What can't be read is refused by `fault`; here it asks for nothing.
        guard let value = try? JSONValue(parsing: Array(claims.utf8)), value.members != nil else { return nil }
        return value
    }

    /// What to send back to the app instead of asking the user, if anything.
    func fault(for app: SandboxApp, enabled: Set<String>) -> (error: String, description: String)? {
        if !app.isAllowed { return ("unauthorized_client", "The app is not allowed to ask") }
        guard let responseType else { return ("invalid_request", "response_type is missing") }
        if responseType != "code" { return ("unsupported_response_type", "response_type must be code") }
        if scopes.isEmpty { return ("invalid_request", "scope is missing") }
        if !Set(scopes).isSubset(of: enabled) { return ("invalid_scope", "A scope is not enabled for this app") }
        if claims != nil, claimsObject == nil { return ("invalid_request", "claims is not a JSON object") }
        if state?.isEmpty ?? true { return ("invalid_request", "state is missing") }
        return nil
    }

    /// The address that asks all this once more.
    func path(_ call: IncomingCall) -> String {
        let query = parameters.map { "\($0.name)=\(percentEncoded($0.value))" }.joined(separator: "&")
        return "\(call.prefix)/connect/oauth2?\(query)"
    }

    func redirect(_ fields: [(String, String)]) -> TransportResponse {
        let query = fields.map { "\($0)=\(percentEncoded($1))" }.joined(separator: "&")
        return Answer.redirect(to: landing + (landing.contains("?") ? "&" : "?") + query)
    }
}

extension SandboxState {
    /// The page itself, Intuit's own error page, or an error sent back to the app.
    func consentPage(_ call: IncomingCall) -> TransportResponse {
        let request = ConsentRequest(call.query, call)
        guard let app = asking(request) else { return Answer.html(400, ErrorPages.redirectURI) }
        if let refusal = refusal(request, app) { return refusal }
        guard let user = signedInUser(call) else { return signInFirst(visit(call)) }
        let page = ConsentPage(
            request: request, appName: appName(app.clientID), environment: app.environment, user: user,
            companies: companies.map { ($0.realmID, $0.name) },
            action: "\(call.prefix)/connect/oauth2/decision")
        return Answer.html(200, page.html, formTargets: [request.landing])
    }

    /// The user's choice, led back to the app.
    mutating func consentDecision(_ call: IncomingCall) -> TransportResponse {
        guard call.method == .post else { return Answer.text(405, "Use the buttons of the consent page.") }
        let form = FormFields(call.body)
        let request = ConsentRequest(form, call)
        guard let app = asking(request) else { return Answer.html(400, ErrorPages.redirectURI) }
        if let refusal = refusal(request, app) { return refusal }
        switch form["decision"] {
        case "connect":
            guard let user = signedInUser(call) else { return signInFirst(wanted: request.path(call)) }
            return connected(request, app, user, chosen: form["realmId"])
        case "cancel":
            return request.redirect([("error", "access_denied"), ("state", request.state ?? "")])
        default:
            return Answer.text(400, "The field decision of the form is neither connect nor cancel.")
        }
    }

    private mutating func connected(
        _ request: ConsentRequest, _ app: SandboxApp, _ user: SandboxUser, chosen: String?
    ) -> TransportResponse {
        let realmID = chosen.flatMap { companyIndex[$0] == nil ? nil : $0 }
        if request.reachesCompany {
            guard let realmID else { return Answer.html(400, ErrorPages.noCompany) }
            guard user.administers(realmID) else { return Answer.html(403, ErrorPages.notAdmin) }
        }
        let code = issueCode(
            PendingCode(
                clientID: app.clientID, userID: user.userID, redirectURI: request.redirectURI, realmID: realmID,
                scopes: request.scopes, wantsRealmClaim: request.wantsRealmClaim, consented: now,
                expires: codeExpiry))
        var fields = [("code", code), ("state", request.state ?? "")]
        // Intuit names the company only to an app that may use it.
        if request.reachesCompany, let realmID { fields.append(("realmId", realmID)) }
        return request.redirect(fields)
    }

    /// The app that asks; nil if it is unknown or wants an answer somewhere it hasn't registered.
    private func asking(_ request: ConsentRequest) -> SandboxApp? {
        guard let app = registry.keys[request.clientID],
            app.redirectURIs.contains(where: { sameBytes($0, request.redirectURI) })
        else { return nil }
        return app
    }

    private func refusal(_ request: ConsentRequest, _ app: SandboxApp) -> TransportResponse? {
        guard let fault = request.fault(for: app, enabled: registry.scopes(ofClient: app.clientID)) else { return nil }
        var fields = [("error", fault.error), ("error_description", fault.description)]
        if let state = request.state { fields.append(("state", state)) }
        return request.redirect(fields)
    }
}
