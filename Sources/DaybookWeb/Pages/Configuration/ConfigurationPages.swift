// SPDX-License-Identifier: Apache-2.0
import Daybook
import Hummingbird
import HummingbirdCore

/// The gear: Configuration with its sections, and a search over their words.
struct ConfigurationPages: Sendable {
    let pages: PageWriter

    struct Crumb {
        let title: String
        let address: String
    }

    struct Entry {
        let title: String
        let address: String
        let hint: String
        let entries: [Entry]
        let hasEntries: Bool

        init(_ section: ConfigurationSection) {
            title = section.title
            address = section.address
            hint = section.hint
            entries = section.sections.map(Entry.init)
            hasEntries = !entries.isEmpty
        }
    }

    struct Found {
        let places: [ConfigurationFinding.Place]
        let none: Bool
        let onlySome: Bool
    }

    struct ConfigurationView {
        let title: String
        let crumbs: [Crumb]
        let entries: [Entry]
        let find: String
        let found: Found?
    }

    func addRoutes(to router: Router<SiteContext>) {
        for section in ConfigurationSection.all.indexes {
            router.get(RouterPath(section.address)) { try await show(section, $0, $1) }
        }
    }

    private func show(
        _ section: ConfigurationSection, _ request: Request, _ context: SiteContext
    ) async throws -> Response {
        let find = FormFields(parsing: request.uri.query ?? "")["find"].map { String($0.prefix(100)) }
        let path = ConfigurationSection.path(to: section.address) ?? []
        let view = ConfigurationView(
            title: section.title, crumbs: path.dropLast().map { Crumb(title: $0.title, address: $0.address) },
            entries: section.sections.map(Entry.init), find: find ?? "", found: find.map(Self.found))
        return try await pages.page(
            .configuration, view, title: section.title, part: .configuration, request, context)
    }

    private static func found(_ text: String) -> Found {
        let finding = ConfigurationFinding(text)
        return Found(
            places: finding.places, none: finding.places.isEmpty,
            onlySome: !finding.isWhole && !finding.places.isEmpty)
    }
}
