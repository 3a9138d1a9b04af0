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
    let reach: WebhookReach?

    /// Nil where the address may be called, and where its name can't be looked up just now.
    func refusal(of address: WebhookAddress) async -> String? {
        if case .closed(let words)? = await reach?.way(to: address) { words } else { nil }
    }

    func send(
        _ announcement: Announcement, as id: Delivery.ID, to address: WebhookAddress, secret: Secret, at: Date
    ) async -> DeliveryOutcome {
        do {
            let body = try WebhookBody(announcement, id: id, pageURL: pageURL).bytes()
            let request = Self.request(to: address, body: body, id: id, signedWith: secret, at: at)
            switch await reach?.way(to: address) {
            case nil: return Self.judge(try await transport.send(request, deadline: Self.deadline).statusCode)
            case .unknown:
                return .failed(DeliveryFailure("No address is known for its name. Check the webhook's name."))
            case .closed(let words): return .failed(DeliveryFailure(words))
            case .open(let transports): return Self.judge(try await Self.answer(to: request, by: transports).statusCode)
            }
        } catch let error as TransportError {
            return .failed(DeliveryFailure(Self.words(error)))
        } catch {
            return .failed(DeliveryFailure("The message could not be written (\(type(of: error)))."))
        }
    }

    /// The answer of the first address to which a connection can be made, of two at most.
    ///
    /// After a cut connection the message may have arrived, so it does not go to the second address too.
    static func answer(
        to request: TransportRequest, by transports: [any HTTPTransport]
    ) async throws -> TransportResponse {
        for transport in transports.prefix(2).dropLast() {
            do {
                return try await transport.send(request, deadline: deadline)
            } catch TransportError.connectionFailed(sentBytes: false, _) {
                // This happens with an IPv6 address on a machine without IPv6. Only the last address's failure is told.
                continue
            }
        }
        guard let last = transports.prefix(2).last else { throw TransportError.invalidRequest(reason: "no address") }
        return try await last.send(request, deadline: deadline)
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
