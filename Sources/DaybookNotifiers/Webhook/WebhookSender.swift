// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTransport
import HTTPTypes

/// Posts an announcement to a webhook, signed, and judges the answer by its status alone.
struct WebhookSender: Sendable {
    private static let deadline = Duration.seconds(10)

    let transport: any HTTPTransport
    let pageURL: URL

    func send(
        _ announcement: Announcement, as id: Delivery.ID, to address: WebhookAddress, secret: Secret, at: Date
    ) async -> DeliveryOutcome {
        do {
            let body = try WebhookBody(announcement, id: id, pageURL: pageURL).bytes()
            let request = Self.request(to: address, body: body, id: id, signedWith: secret, at: at)
            return Self.judge(try await transport.send(request, deadline: Self.deadline).statusCode)
        } catch let error as TransportError {
            return .failed(DeliveryFailure(Self.words(error)))
        } catch {
            return .failed(DeliveryFailure("The message could not be written (\(type(of: error)))."))
        }
    }

    private static func request(
        to address: WebhookAddress, body: [UInt8], id: Delivery.ID, signedWith secret: Secret, at: Date
    ) -> TransportRequest {
        var head = HTTPRequest(method: .post, url: address.url)
        head.headerFields[.contentType] = "application/json; charset=utf-8"
        head.headerFields[.userAgent] = "Daybook"
        head.headerFields[.daybookDelivery] = id.text
        head.headerFields[.daybookSignature] = WebhookSignature(of: body, at: at, secret: secret).header
        return TransportRequest(head: head, body: body)
    }

    private static func judge(_ status: Int) -> DeliveryOutcome {
        switch status {
        case 200..<300: .delivered
        case 300..<400:
            .failed(
                DeliveryFailure(
                    "It answered \(status), a redirect, which is not followed. Enter the address it leads to."))
        case 401, 403:
            .failed(DeliveryFailure("It answered \(status): it refuses this sender. Check the address and its secret."))
        case 404, 410: .failed(DeliveryFailure("It answered \(status): nothing listens there. Check the address."))
        case 429: .failed(DeliveryFailure("It answered 429: it accepts no more messages for now. Check its limit."))
        default: .failed(DeliveryFailure("It answered \(status) instead of a 2xx. Check the program that receives it."))
        }
    }

    /// A receiver may have the message although its answer was late; it recognizes the next attempt by the id.
    private static func words(_ error: TransportError) -> String {
        switch error {
        case .timedOut: "No answer within 10 seconds. Check that the receiver runs and can be reached."
        case .responseTooLarge: "Its answer was too large to be read. Let it answer with a status and no body."
        case .connectionFailed, .invalidRequest: error.description
        }
    }
}

extension HTTPField.Name {
    /// The delivery's id: the same at every attempt.
    static let daybookDelivery = HTTPField.Name.known("Daybook-Delivery")
    /// When it was signed, and the signature.
    static let daybookSignature = HTTPField.Name.known("Daybook-Signature")

    private static func known(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is a token") }
        return name
    }
}
