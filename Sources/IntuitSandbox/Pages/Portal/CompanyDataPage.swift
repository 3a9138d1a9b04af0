// SPDX-License-Identifier: Apache-2.0

/// "Add your company data": a short form with Next, then what was entered, with Close.
struct CompanyDataPage {
    static let path = "/app/developer/company"
    static let summaryPath = "/app/developer/company/summary"

    private static let countries = ["United States", "Canada", "United Kingdom", "Australia", "Another country"]
    private static let purposes = ["Connect our own business", "Offer an app to others", "Try things out"]

    var data: CompanyData
    var isWrong = false

    var form: HTML {
        """
        <h1>Add your company data</h1>
        <p class="lead">Intuit asks developers once who they are. What you enter here stays in this sandbox.</p>
        <form method="post" action="\(Self.path)" class="card">
        \(Fields.text(
            "Company name", "companyName", value: data.name, autocomplete: "organization", isWrong: isWrong))
        \(Fields.text("Website (optional)", "website", value: data.website, autocomplete: "url"))
        <div class="row">
        \(Fields.choice("Country", "country", options: options(Self.countries, data.country)))
        \(Fields.choice("What are you going to do?", "purpose", options: options(Self.purposes, data.purpose)))
        </div>
        <div class="actions"><button class="main">Next</button></div>
        </form>
        """
    }

    var summary: HTML {
        """
        <h1>Your company data</h1>
        <section class="card">
        <dl class="facts">
        <dt>Company name</dt><dd>\(data.name)</dd>
        <dt>Website</dt><dd>\(data.website.isEmpty ? "none" : data.website)</dd>
        <dt>Country</dt><dd>\(data.country)</dd>
        <dt>Purpose</dt><dd>\(data.purpose)</dd>
        </dl>
        <p>Thank you, that is all.</p>
        <form method="post" action="\(Self.summaryPath)" class="actions">
        <button class="main">Close</button> <a class="button" href="\(Self.path)">Change</a></form>
        </section>
        """
    }

    private func options(_ texts: [String], _ chosen: String) -> [Fields.Option] {
        texts.map { Fields.Option(value: $0, label: $0, isChosen: $0 == chosen) }
    }
}
