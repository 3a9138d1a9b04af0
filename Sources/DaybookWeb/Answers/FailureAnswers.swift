// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// Turns an error that was thrown into a page or a problem document, without its inner reason.
struct FailureAnswers: RouterMiddleware {
    typealias Context = SiteContext

    let pages: PageWriter
    let onFailure: @Sendable (RequestFailure) -> Void

    @concurrent
    func handle(
        _ request: Request, context: SiteContext,
        next: @concurrent (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        let problem: HTTPProblem
        do {
            return try await next(request, context)
        } catch let error as HTTPProblem {
            problem = error
        } catch let error as Desk.Refused {
            problem = HTTPProblem(error)
        } catch let error as SignInDesk.Refused {
            problem = HTTPProblem(error)
        } catch let error as Desk.FreshSignInNeeded {
            if let again = pages.signInAgain(request, context) { return again }
            problem = HTTPProblem(error)
        } catch let error as Desk.NotAllowed {
            problem = HTTPProblem(error)
        } catch let error as HTTPError where error.status == .notFound {
            problem = .notFound("There is nothing at this address.")
        } catch let error as any HTTPResponseError where error.status.code < 500 {
            problem = HTTPProblem(
                error.status, "The request can't be read", "Check its address, its size and its body.")
        } catch {
            // A failure that the disk caused is explained as that, and not as a fault of Daybook's.
            if let trouble = pages.desk.storageTrouble {
                onFailure(failure(error, request, context))
                problem = HTTPProblem(trouble, begun: true)
            } else {
                problem = failed(error, request, context)
            }
        }
        if SitePaths.isForPrograms(request.uri.path) { return try ProblemDocument(problem).response() }
        return try await pages.errorPage(problem, request, context)
    }

    private func failure(_ error: any Error, _ request: Request, _ context: SiteContext) -> RequestFailure {
        RequestFailure(
            reference: Self.reference(context), method: request.method.rawValue, route: context.endpointPath ?? "none",
            error: error)
    }

    private func failed(_ error: any Error, _ request: Request, _ context: SiteContext) -> HTTPProblem {
        let reference = Self.reference(context)
        onFailure(failure(error, request, context))
        return HTTPProblem(
            .internalServerError, "Something went wrong here",
            """
            It is Daybook's fault, not yours. What you asked for may have been done all the same: look before you \
            repeat it. Transactions may be sent again in any case; they are taken once. If this happens again, look in \
            the log for the reference \(reference).
            """)
    }

    private static func reference(_ context: SiteContext) -> String { RequestNumber.current?.text ?? context.id }
}
