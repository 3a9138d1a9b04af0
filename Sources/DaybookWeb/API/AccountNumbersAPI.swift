// SPDX-License-Identifier: Apache-2.0
import Daybook
import Hummingbird
import HummingbirdCore

/// Account numbers and stores, for programs.
struct AccountNumbersAPI: Sendable {
    let desk: Desk

    func addRoutes(to api: RouterGroup<SiteContext>) {
        api.get("account-numbers") { _, _ in
            try JSONAnswer.response(AccountNumbersBody(try await desk.books.settings()))
        }
        api.put("account-numbers") { request, context in
            let body = try await APIBody.json(request, as: AccountNumbersBody.self)
            try await desk.books.save(try AccountNumbersReading.books(from: body), by: context.actor)
            return try JSONAnswer.response(AccountNumbersBody(try await desk.books.settings()))
        }
    }
}
