// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Files: dropped on a page, looked at as Daybook would read them, then taken or discarded.
struct FilePages: Sendable {
    static let address = "/files"

    let desk: Desk
    let pages: PageWriter

    func addRoutes(to router: Router<SiteContext>) {
        router.get("files") { try await list($0, $1) }
        router.post("files") { try await receive($0, $1) }
        router.get("files/{id}") { try await show($0, $1) }
        router.post("files/{id}/profile") { try await keepProfile($0, $1) }
        router.post("files/{id}/take") { try await take($0, $1) }
        router.post("files/{id}/discard") { try await discard($0, $1) }
        router.post("files/{id}/take-back") { try await takeBack($0, $1) }
    }

    private func list(_ request: Request, _ context: SiteContext) async throws -> Response {
        let files = try await desk.files.list().filter { $0.isVisible(to: context.actor) }
        let view = FilesView(
            files, inbox: context.actor.seesEveryStore ? desk.inbox : nil, shown: pages.shown)
        return try await pages.page(.files, view, title: "Files", part: .files, request, context)
    }

    private func receive(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.readFiles(request, context, limit: APIBody.sizeLimit)
        guard !form.files.isEmpty else {
            return pages.redirect(to: Self.address, saying: Flash(.bad, "Choose a file first."), context)
        }
        var received: [ReceivedFile] = []
        for part in form.files {
            let name = ControlCharacters.marked(part.fileName ?? "file")
            received.append(
                try await desk.files.receive(
                    Array(part.content), named: String(name.prefix(200)), by: context.actor))
        }
        let address = received.count == 1 ? Self.address(of: received[0].id) : Self.address
        return pages.redirect(
            to: address,
            saying: Flash(.good, "\(counted(received.count, "file")) received. Nothing is taken before you press OK."),
            context)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let file = try await file(context)
        let query = FormFields(parsing: request.uri.query ?? "")
        guard let waiting = try await desk.files.waiting(file.id, wish: query["profile"].map { .profile($0) }) else {
            return try await decidedPage(file, request, context)
        }
        guard query["another"] != nil else {
            do {
                return try await page(waiting, entered: nil, request, context)
            } catch is FileDecided {
                // Somebody has taken it since it was read.
                return pages.redirect(to: Self.address(of: file.id), saying: Self.decided, context)
            }
        }
        let kept = if case .profile(let profile) = waiting.reading { ProfileForm(profile) } else { ProfileForm.empty }
        guard let again = try await desk.files.waiting(file.id, wish: .answers(kept.answers)) else {
            return pages.redirect(to: Self.address(of: file.id), saying: Self.decided, context)
        }
        return try await page(again, entered: kept, request, context)
    }

    /// Keeps what a person has said of files with these titles; from then on they are read so.
    private func keepProfile(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        let file = try await file(context)
        let entered = ProfileForm(form)
        guard let waiting = try await desk.files.waiting(file.id, wish: .answers(entered.answers)) else {
            return pages.redirect(to: Self.address(of: file.id), saying: Self.decided, context)
        }
        guard case .draft(let draft) = waiting.reading, draft.questions.isEmpty else {
            return try await page(
                waiting, entered: entered, problem: "Some of it is still to be said.", request, context)
        }
        var profile = draft.profile
        if let name = entered.name { profile.name = name }
        let former = try await desk.intake.profiles().first { $0.name == profile.name }
        if let former, former.header != profile.header || former.titles != profile.titles {
            return try await page(
                waiting, entered: entered,
                problem: "A profile “\(profile.name)” is for files with other titles. Write another name.", request,
                context)
        }
        do {
            try await desk.intake.keep(profile, by: context.actor)
        } catch let refused as Desk.Refused {
            return try await page(waiting, entered: entered, problem: refused.message, request, context)
        }
        return pages.redirect(
            to: Self.address(of: file.id, readBy: profile.name),
            saying: Flash(.good, "Kept as “\(profile.name)”. Files with these titles are read so from now on."), context
        )
    }

    private func take(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        let file = try await file(context)
        let name = form["profile"]
        let address = Self.address(of: file.id, readBy: name, with: Self.words(of: Self.confirmed(form)))
        guard let waiting = try await desk.files.waiting(file.id, wish: name.map { .profile($0) }) else {
            return pages.redirect(to: address, saying: Self.decided, context)
        }
        let isPartial = form["partial"] != nil
        let taken: IntakeReport?
        do {
            taken = try await desk.files.take(
                waiting, policy: isPartial ? .partial : .allOrNothing, confirmed: Self.confirmed(form),
                within: try await limit(of: context.actor), by: context.actor)
        } catch is FileDecided {
            return pages.redirect(to: address, saying: Self.decided, context)
        }
        guard let report = taken else {
            return pages.redirect(to: address, saying: Flash(.bad, "Say first how this file is read."), context)
        }
        let refused = report.problemCount + report.conflictCount
        guard report.recorded + report.repeated > 0, isPartial || refused == 0 else {
            return pages.redirect(
                to: address,
                saying: Flash(.bad, "Nothing was taken: \(counted(refused, "mistake")) below to mend in the file."),
                context)
        }
        let left = refused == 0 ? "" : " \(counted(refused, "mistake")) \(refused == 1 ? "was" : "were") left out."
        let there = report.repeated == 0 ? "" : ", \(report.repeated) were there already"
        return pages.redirect(
            to: address,
            saying: Flash(.good, "\(counted(report.recorded, "transaction")) taken\(there).\(left)"), context)
    }

    private func discard(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await pages.forms.read(request, context)
        let file = try await file(context)
        let isDone = try await desk.files.discard(file.id, by: context.actor)
        let said = Flash(
            isDone ? .good : .bad,
            isDone ? "“\(file.name)” was discarded; nothing of it was taken." : Self.decided.message)
        return pages.redirect(to: Self.address, saying: said, context)
    }

    private func takeBack(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await pages.forms.read(request, context)
        let file = try await file(context)
        let outcome = try await desk.files.takeBack(file.id, by: context.actor)
        let said =
            outcome.refusal(of: file).map { Flash(.bad, $0) }
            ?? Flash(.good, "“\(file.name)” is taken back. Its numbers can be taken with other content now.")
        return pages.redirect(to: Self.address(of: file.id), saying: said, context)
    }

    /// What became of a file, with the transactions that it brought, a hundred at a time.
    private func decidedPage(
        _ file: ReceivedFile, _ request: Request, _ context: SiteContext
    ) async throws -> Response {
        let after = FormFields(parsing: request.uri.query ?? "")["after"].flatMap { Int64(digits: $0) } ?? 0
        let history = FileHistoryView(
            file, totals: try await desk.files.totals(of: file.id),
            transactions: try await desk.files.transactions(of: file.id, after: after, limit: FileHistoryView.most + 1))
        let view = FileView(decided: file, history: history, shown: pages.shown)
        return try await pages.page(.file, view, title: file.name, part: .files, request, context)
    }

    private static func words(of confirmed: IntakeConfirmation) -> [String] {
        (confirmed.contains(.farDates) ? ["farDates"] : []) + (confirmed.contains(.overlaps) ? ["overlaps"] : [])
    }

    private static func confirmed(_ fields: FormFields) -> IntakeConfirmation {
        var confirmed: IntakeConfirmation = fields["farDates"] == nil ? [] : .farDates
        if fields["overlaps"] != nil { confirmed.insert(.overlaps) }
        return confirmed
    }

    private func page(
        _ waiting: FilesDesk.Waiting, entered: ProfileForm?, problem: String? = nil, _ request: Request,
        _ context: SiteContext
    ) async throws -> Response {
        let confirmed = Self.confirmed(FormFields(parsing: request.uri.query ?? ""))
        let preview =
            entered == nil
            ? try await desk.files.preview(
                waiting, confirmed: confirmed, within: try await limit(of: context.actor), by: context.actor) : nil
        let view = FileView(
            waiting, preview: preview, names: try await names(of: preview), entered: entered,
            confirmed: confirmed, shown: pages.shown)
        let said = problem.map { Flash(.bad, "Nothing was kept yet. \($0)") }
        return try await pages.page(
            .file, view, title: waiting.file.name, part: .files, said: said,
            status: problem == nil ? .ok : .unprocessableContent, request, context)
    }

    /// Nil without a general ledger, and while QuickBooks can't be asked.
    private func names(of preview: FilePreview?) async throws -> FileNames? {
        guard let preview, preview.accountTotals.contains(where: { $0.named != nil }) else { return nil }
        let books = try await desk.books.settings()
        // A name may lead elsewhere in each company.
        let companies = Set(preview.dayTotals.map { books.connection(of: $0.store) })
        guard companies.count == 1, let connection = companies.first else { return nil }
        do {
            return FileNames(
                known: try await desk.books.accountNames(of: connection),
                chart: try await desk.connections.chart(of: connection), connection: connection)
        } catch is Desk.Refused {
            // The page shows the file all the same; that there is no connection stands above it.
            return nil
        }
    }

    private func file(_ context: SiteContext) async throws -> ReceivedFile {
        let text = context.parameters.get("id") ?? ""
        guard let value = Int64(digits: text), let file = try await desk.files.file(ReceivedFile.ID(value)),
            file.isVisible(to: context.actor)
        else {
            throw HTTPProblem.notFound("There is no file “\(text.prefix(60))”; the page Files lists those there are.")
        }
        return file
    }

    /// Somebody who may bring in transactions of certain stores only brings in those alone.
    private func limit(of actor: Actor) async throws -> FilesDesk.Limit {
        guard let rights = actor.rights, rights.places(for: .record) != nil else { return { $0 } }
        let books = try await desk.books.settings()
        return { StoresOfActor(source: $0, rights: rights, books: books) }
    }

    private static let decided = Flash(.bad, "Somebody has decided about this file already.")

    /// - Parameters:
    ///   - profile: The name of the one by which it is read, where a person has said so.
    ///   - flags: Further words of the query.
    static func address(of id: ReceivedFile.ID, readBy profile: String? = nil, with flags: [String] = []) -> String {
        let name = profile?.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
        let query = (name.map { ["profile=\($0)"] } ?? []) + flags.map { "\($0)=yes" }
        return "\(address)/\(id.value)" + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }
}
