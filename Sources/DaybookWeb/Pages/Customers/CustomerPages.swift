// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Customers: found by name, with what is stored of each, and anonymized when one asks for it.
struct CustomerPages: Sendable {
    static let address = "/customers"

    let desk: Desk
    let pages: PageWriter

    func addRoutes(to router: Router<SiteContext>) {
        router.get("customers") { try await show($0, $1) }
        router.post("customers/anonymize") { try await anonymize($0, $1) }
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let search = FormFields(parsing: request.uri.query ?? "")["search"]
        let filter = CustomerFilter(search.map(CustomerFilter.Wanted.named) ?? .oldest, limit: 50)
        let view = CustomersView(
            try await desk.customers.list(matching: filter, by: context.actor), search: search, limit: filter.limit)
        return try await pages.page(.customers, view, title: "Customers", part: nil, request, context)
    }

    private func anonymize(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        guard form["sure"] != nil else {
            let said = Flash(
                .bad, "Nothing was changed. Tick that the name can't be brought back, then press the button again.")
            return pages.redirect(to: Self.address, saying: said, context)
        }
        do {
            let key = CustomerKey(source: form["source"] ?? "", id: form["id"] ?? "")
            let (customer, isDone) = try await desk.customers.anonymize(key, by: context.actor)
            return pages.redirect(to: Self.address, saying: Self.said(customer, isDone), context)
        } catch let refused as Desk.Refused {
            return pages.redirect(to: Self.address, saying: Flash(.bad, refused.message), context)
        }
    }

    private static func said(_ customer: AnonymizedCustomer, _ isDone: Bool) -> Flash {
        let done =
            isDone
            ? "Nothing of the name is left in the database's files." : "The rest is done by itself within the hour."
        let mentions = customer.mentions.map { "export \($0)" }.joined(separator: ", ")
        let details = [
            mentions.isEmpty
                ? nil : "Exports of others have all words of the name somewhere; look at each: \(mentions).",
            "QuickBooks keeps what was posted, and backups keep the name until they are replaced.",
        ]
        return Flash(
            .good,
            "The customer of \(counted(customer.transactions, "transaction")) is \(customer.pseudonym.name) now. \(done)",
            details: details.compactMap(\.self))
    }
}
