// SPDX-License-Identifier: Apache-2.0
public import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The real ``HTTPTransport``, over AsyncHTTPClient.
public struct AsyncHTTPTransport: HTTPTransport {
    let client: HTTPClient
    private let responseLimit: Int

    /// Wraps a client.
    ///
    /// Its owner shuts it down.
    ///
    /// - Parameters:
    ///   - client: Made with ``configuration()``, or one that follows no redirects and does not retry.
    ///   - responseLimit: The largest body accepted, in bytes; by default 32 MiB.
    public init(client: HTTPClient, responseLimit: Int = 32 << 20) {
        self.client = client
        self.responseLimit = responseLimit
    }

    /// One attempt, no redirect, and TLS 1.2 or later with forward secrecy and authenticated encryption.
    ///
    /// A connection that can't be made fails at once instead of being retried until the deadline.
    public static func configuration() -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(10)),
            decompression: .disabled)
        configuration.tlsConfiguration = security
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        return configuration
    }

    /// The same for a server of this machine that proves in another way who it is: any certificate will do.
    package static func configurationWithoutVerification() -> HTTPClient.Configuration {
        var configuration = configuration()
        var tls = security
        tls.certificateVerification = .none
        configuration.tlsConfiguration = tls
        return configuration
    }

    static var security: TLSConfiguration {
        var security = TLSConfiguration.makeClientConfiguration()
        security.minimumTLSVersion = .tlsv12
        // These are suites of TLS 1.2; all suites of TLS 1.3 are of this kind.
        security.cipherSuites = "ECDHE+AESGCM:ECDHE+CHACHA20"
        return security
    }

    /// Sends one request over AsyncHTTPClient; see ``HTTPTransport/send(_:deadline:)``.
    public func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
        let outgoing = try clientRequest(for: request)
        let end = ContinuousClock.now + deadline
        return try await translated {
            let answer = try await client.execute(outgoing, deadline: .now() + TimeAmount(deadline))
            return try await collect(answer, until: end, acceptsCut: request.acceptsCutBody)
        }
    }

    func translated<Value>(_ body: () async throws -> Value) async throws(TransportError) -> Value {
        do {
            return try await body()
        } catch let error as TransportError {
            throw error
        } catch {
            throw TransportError(clientError: error)
        }
    }

    func clientRequest(for request: TransportRequest) throws(TransportError) -> HTTPClientRequest {
        let head = request.head
        guard let scheme = head.scheme, let authority = head.authority, let path = head.path else {
            throw .invalidRequest(reason: "its address is not absolute")
        }
        guard ["http", "https"].contains(scheme.lowercased()) else {
            throw .invalidRequest(reason: "its address is neither http nor https")
        }
        var outgoing = HTTPClientRequest(url: "\(scheme)://\(authority)\(path)")
        outgoing.method = HTTPMethod(rawValue: head.method.rawValue)
        for field in head.headerFields {
            outgoing.headers.add(name: field.name.rawName, value: field.value)
        }
        if !request.body.isEmpty { outgoing.body = .bytes(request.body, length: .known(Int64(request.body.count))) }
        return outgoing
    }

    /// The client's own deadline ends with the head of the answer; a body that stops coming must not be
    /// waited for any longer.
    func collect(
        _ answer: HTTPClientResponse, until end: ContinuousClock.Instant, acceptsCut: Bool
    ) async throws -> TransportResponse {
        let body = CollectedBody(limit: responseLimit)
        do {
            try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask {
                    for try await chunk in answer.body { try body.append(chunk) }
                    return true
                }
                group.addTask {
                    try await Task.sleep(until: end, clock: .continuous)
                    return false
                }
                defer { group.cancelAll() }
                guard try await group.next() == true else { throw TransportError.timedOut(sentBytes: true) }
            }
        } catch {
            guard acceptsCut, !body.isEmpty else { throw error }
        }
        return TransportResponse(head: HTTPResponse(answer), body: body.bytes)
    }
}

/// The body as far as it has come, also when its collecting ends in an error.
private final class CollectedBody: Sendable {
    private let limit: Int
    private let state = Mutex<[UInt8]>([])

    init(limit: Int) { self.limit = limit }

    var bytes: [UInt8] { state.withLock(\.self) }
    var isEmpty: Bool { state.withLock(\.isEmpty) }

    func append(_ chunk: ByteBuffer) throws {
        try state.withLock { bytes in
            guard bytes.count + chunk.readableBytes <= limit else {
                throw TransportError.responseTooLarge(limit: limit)
            }
            bytes.append(contentsOf: chunk.readableBytesView)
        }
    }
}

extension HTTPResponse {
    init(_ answer: HTTPClientResponse) {
        self.init(status: .init(code: Int(answer.status.code), reasonPhrase: answer.status.reasonPhrase))
        for (name, value) in answer.headers {
            guard let name = HTTPField.Name(name) else { continue }
            headerFields.append(HTTPField(name: name, value: value))
        }
    }
}

extension TransportError {
    /// Sorts an AsyncHTTPClient error by whether the server may have seen the request.
    ///
    /// A request that isn't known to have failed before its first byte counts as sent.
    init(clientError error: any Error) {
        switch error {
        case let error as IOError where error.errnoCode == ECONNREFUSED:
            // Only connecting fails like this; a connection that stood is reset instead.
            self = .connectionFailed(sentBytes: false, reason: "refused")
        case is NIOConnectionError, is ChannelError, is NIOSSLError, is NIOSSLExtraError:
            self = .connectionFailed(sentBytes: !(error is NIOConnectionError), reason: "\(type(of: error))")
        case let error as HTTPClientError where Self.beforeFirstByte.contains(error):
            self = .timedOut(sentBytes: false)
        case let error as HTTPClientError where error == .deadlineExceeded || error == .readTimeout:
            self = .timedOut(sentBytes: true)
        case let error as HTTPClientError where Self.unsendable.contains(error):
            self = .invalidRequest(reason: error.shortDescription)
        case let error as HTTPClientError:
            self = .connectionFailed(sentBytes: true, reason: error.shortDescription)
        case is CancellationError:
            self = .connectionFailed(sentBytes: true, reason: "cancelled")
        default:
            self = .connectionFailed(sentBytes: true, reason: "\(type(of: error))")
        }
    }

    private static let beforeFirstByte: [HTTPClientError] = [
        .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout,
    ]
    private static let unsendable: [HTTPClientError] = [
        .invalidURL, .emptyHost, .emptyScheme, .missingSocketPath,
    ]
}
