// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Mustache
import NIOCore

/// Puts a page's content into the frame and answers with it.
struct PageWriter: Sendable {
    let desk: Desk
    let settings: SiteSettings
    let sessions: BrowserSessions
    let assets: Assets
    let clock: any WallClock

    var forms: FormReader { FormReader(sessions: sessions) }

    var shown: ShownText { ShownText(timeZone: settings.timeZone) }

    /// - Parameter said: The message at the top. Without it the flash that the request carries is shown.
    func page<Content>(
        _ template: Template, _ content: Content, title: String, part: SitePart?, said: Flash? = nil,
        status: HTTPResponse.Status = .ok, _ request: Request, _ context: SiteContext
    ) async throws -> Response {
        let overviews = isReader(context) ? try await overviews(for: context.actor) : nil
        let carried = context.browser.flatMap { sessions.flash(of: request, browser: $0) }
        let frame = frame(
            title: title, part: part, overviews: overviews, flash: said ?? carried,
            formToken: context.browser.map(forms.token) ?? "", context)
        var response = try write(template, frame, content, status: status)
        if carried != nil { response.setCookie(sessions.endOfFlash) }
        return response
    }

    /// Needs neither the storage nor a browser's session, so that it can be shown when one of these is missing.
    func errorPage(_ problem: HTTPProblem, _ request: Request, _ context: SiteContext) async throws -> Response {
        struct Failure {
            let heading: String
            let detail: String
            /// The request's number; nil before it has one.
            let number: String?
        }
        let overviews = await overviews(beside: problem, context)
        let browser = context.browser ?? sessions.known(request)
        let frame = frame(
            title: problem.title, part: nil, overviews: overviews, flash: nil,
            formToken: browser.map(forms.token) ?? "", context)
        var response = try write(
            .failure, frame,
            Failure(heading: problem.title, detail: problem.detail, number: RequestNumber.current?.text),
            status: problem.status)
        response.headers.append(contentsOf: problem.headers)
        return response
    }

    /// Answers a form: the browser goes on to the next page, which shows the message.
    func redirect(to address: String, saying flash: Flash, _ context: SiteContext) -> Response {
        var response = Response.redirect(to: address, type: .normal)
        if let browser = context.browser { response.setCookie(sessions.cookie(carrying: flash, for: browser)) }
        return response
    }

    /// Nil where they can't be read, and where the reader must not see them.
    private func overviews(beside problem: HTTPProblem, _ context: SiteContext) async -> ConnectionOverviews? {
        // At a name that is not Daybook's own, another site's page may be the reader.
        guard problem.status != .misdirectedRequest, isReader(context) else { return nil }
        do {
            return try await overviews(for: context.actor)
        } catch {
            // The page is about another error already.
            return nil
        }
    }

    /// Whether somebody may see what the frame says of the business.
    private func isReader(_ context: SiteContext) -> Bool {
        guard let people = desk.people, people.signIn.isRequired else { return !context.cameByProxy }
        return context.signedIn.map { !$0.mustSetUpAuthenticator } ?? false
    }

    /// Sends a person to the fresh sign-in that a verb needs, and back afterwards; nil for a program.
    func signInAgain(_ request: Request, _ context: SiteContext) -> Response? {
        guard context.signedIn != nil, !SitePaths.isForPrograms(request.uri.path) else { return nil }
        let next = LocalPath(of: request, origin: settings.origin) ?? .start
        return Response.redirect(to: "\(SignInPages.again)?next=\(next.encoded)", type: .normal)
    }

    private func write<Content>(
        _ template: Template, _ frame: PageFrame, _ content: Content, status: HTTPResponse.Status
    ) throws -> Response {
        let whole = FramedContent(frame: frame, page: content)
        guard let html = Template.library.render(whole, withTemplate: template.rawValue)
        else { preconditionFailure("template \(template.rawValue) is not in the library") }
        return Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }

    private func frame(
        title: String, part: SitePart?, overviews: ConnectionOverviews?, flash: Flash?, formToken: String,
        _ context: SiteContext
    ) -> PageFrame {
        let may = Permissions(context.actor)
        let banners = (overviews?.banners ?? []).map { $0.offering(may) }
        return PageFrame(
            title: title,
            navigation: SitePart.navigation.filter { $0 != .files || may.records }.map {
                .init(title: $0.title, address: $0.address, isHere: $0 == part)
            },
            styleAddress: assets.address(of: "daybook.css"), scriptAddress: assets.address(of: "daybook.js"),
            iconAddress: assets.address(of: "icon.svg"), formToken: formToken,
            isConfiguration: part == .configuration, connectionName: overviews?.name,
            connectionTone: (overviews?.tone ?? .idle).rawValue,
            storageTrouble: desk.storageTrouble?.explanation,
            backupTrouble: isReader(context) && may.managesBackups
                ? desk.backups.failure.map { BackupsView.words($0, shown) } : nil,
            banners: formToken.isEmpty ? banners.map(\.withoutForms) : banners,
            flash: flash.map {
                .init(isGood: $0.tone == .good, message: $0.message, details: $0.details, link: $0.link)
            },
            isDemo: settings.isDemo, zone: settings.timeZone.identifier, isReader: isReader(context),
            person: context.signedIn.map { .init($0, may) }, may: may)
    }
}

/// What a template is given: the frame, and the page's own content.
private struct FramedContent<Content> {
    let frame: PageFrame
    let page: Content
}
