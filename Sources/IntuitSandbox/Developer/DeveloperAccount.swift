// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes

/// What a developer says about the company.
struct CompanyData: Sendable, Equatable {
    var name = ""
    var website = ""
    var country = "United States"
    var purpose = "Connect our own business"
}

/// How far a user has come with the questions Intuit asks developers once.
struct DeveloperAccount: Sendable {
    var hasAcceptedTerms = false
    var companyData: CompanyData?
    /// Whether the summary of the company data was closed.
    var isComplete = false

    /// The page that has to be done before any other; nil if none has.
    var openQuestion: String? {
        if !hasAcceptedTerms { return TermsPage.path }
        if companyData == nil { return CompanyDataPage.path }
        return isComplete ? nil : CompanyDataPage.summaryPath
    }
}

extension SandboxState {
    mutating func terms(_ visit: inout Visit) -> TransportResponse {
        guard let user = visit.user else { return signInFirst(visit) }
        guard visit.call.method == .post else { return termsPage(user, nil) }
        guard FormFields(visit.call.body)["accepted"] != nil else { return termsPage(user, TermsPage.refusal) }
        developers[user.userID, default: DeveloperAccount()].hasAcceptedTerms = true
        return nextQuestion(of: user)
    }

    private func termsPage(_ user: SandboxUser, _ problem: Message?) -> TransportResponse {
        Answer.page(
            problem == nil ? 200 : 422,
            Page(title: "Intuit Developer Terms of Service", frame: .full(user), body: TermsPage.body(problem)))
    }

    mutating func companyData(_ visit: inout Visit) -> TransportResponse {
        guard let user = visit.user else { return signInFirst(visit) }
        let account = developers[user.userID] ?? DeveloperAccount()
        guard account.hasAcceptedTerms else { return nextQuestion(of: user) }
        guard visit.call.method == .post else {
            return companyDataPage(user, CompanyDataPage(data: account.companyData ?? CompanyData()), nil)
        }
        let data = CompanyData(FormFields(visit.call.body))
        guard !data.name.isEmpty else {
            return companyDataPage(
                user, CompanyDataPage(data: data, isWrong: true),
                .trouble("Company name is empty. Enter a name, any name will do, then click Next."))
        }
        developers[user.userID, default: DeveloperAccount()].companyData = data
        developers[user.userID, default: DeveloperAccount()].isComplete = false
        return Answer.seeOther(CompanyDataPage.summaryPath)
    }

    private func companyDataPage(_ user: SandboxUser, _ page: CompanyDataPage, _ problem: Message?) -> TransportResponse
    {
        Answer.page(
            problem == nil ? 200 : 422,
            Page(title: "Add your company data", frame: .full(user), message: problem, body: page.form))
    }

    mutating func companyDataSummary(_ visit: inout Visit) -> TransportResponse {
        guard let user = visit.user else { return signInFirst(visit) }
        guard let data = developers[user.userID]?.companyData else { return nextQuestion(of: user) }
        if visit.call.method == .post {
            developers[user.userID]?.isComplete = true
            return nextQuestion(of: user)
        }
        return Answer.page(
            200,
            Page(title: "Your company data", frame: .full(user), body: CompanyDataPage(data: data).summary))
    }

    private func nextQuestion(of user: SandboxUser) -> TransportResponse {
        Answer.seeOther((developers[user.userID] ?? DeveloperAccount()).openQuestion ?? PortalHome.path)
    }
}

extension CompanyData {
    init(_ form: FormFields) {
        name = trimmed(form["companyName"])
        website = trimmed(form["website"])
        country = form["country"] ?? country
        purpose = form["purpose"] ?? purpose
    }
}

/// A typed text without the white space around it; empty if none was sent.
func trimmed(_ text: String?) -> String {
    var rest = Substring(text ?? "")
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
}
