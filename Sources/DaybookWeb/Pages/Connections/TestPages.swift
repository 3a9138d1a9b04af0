// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// **Test connection**: asks QuickBooks and shows what it says.
struct TestPages: Sendable {
    let desk: Desk
    let pages: PageWriter

    struct TestView {
        let address: String
        let title: String
        let report: ReportView
        /// Where questions are answered.
        let checkAddress: String
    }

    func addRoutes(to router: Router<SiteContext>) {
        router.post("connections/{id}/test") { try await test($0, $1) }
    }

    private func test(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        let id = try await ConnectionAddress.connection(context, desk).id
        let address = ConnectionAddress(id: id).page
        do {
            let report = try await desk.connections.test(id, writing: form["write"] == "yes", by: context.actor)
            let view = TestView(
                address: address, title: report.facts.company.name, report: ReportView(report),
                checkAddress: AccountCheckPages.address(of: id))
            return try await pages.page(.test, view, title: "Test connection", part: .connections, request, context)
        } catch let refused as Desk.Refused {
            return pages.redirect(to: address, saying: Flash(.bad, refused.message), context)
        }
    }
}
