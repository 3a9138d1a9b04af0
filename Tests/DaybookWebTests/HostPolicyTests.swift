// SPDX-License-Identifier: Apache-2.0
@testable import DaybookWeb
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Which Host names are served")
struct HostPolicyTests {
    let policy = HostPolicy(origin: WebOrigin(scheme: "http", host: "localhost", port: 8710))

    @Test("the public address is served, pages and API alike", arguments: ["/exports", "/api/v1/exports", "/health"])
    func ownName(path: String) {
        #expect(verdict("localhost:8710", path) == .serve)
        #expect(verdict("LOCALHOST:8710", path, .post) == .serve)
    }

    @Test("another name's pages are read at the public address", arguments: ["127.0.0.1:8710", "evil.example", nil])
    func otherNames(host: String?) {
        #expect(
            verdict(host, "/exports", query: "state=error")
                == .redirect(to: "http://localhost:8710/exports?state=error"))
        #expect(verdict(host, "/exports/reset", .post) == .refuse)
        #expect(
            verdict(host, "/connection/callback", query: "code=c&state=s&realmId=1")
                == .redirect(to: "http://localhost:8710/connection/callback"), "a code goes into no address of ours")
    }

    @Test(
        "programs may call the API by a loopback address",
        arguments: ["127.0.0.1:8710", "127.0.0.2:8710", "[::1]:80", "[::1]", "localhost", "LOCALHOST:80"])
    func loopback(host: String) {
        #expect(verdict(host, "/api/v1/transactions", .post) == .serve)
        #expect(verdict(host, "/health") == .serve)
    }

    @Test(
        "a name that only looks like loopback is not served",
        arguments: [
            "127.0.0.1.evil.example", "localhost.evil.example:80", "127.0.0.1:80@evil", "127.0.0.1.2", "128.0.0.1",
            "127.0.0.+1", "127.1", "localhost:", "evil",
        ])
    func lookalikes(host: String) {
        #expect(verdict(host, "/api/v1/transactions", .post) == .refuse)
        #expect(verdict(host, "/apis", .post) == .refuse)
    }

    @Test(
        "a program that calls another name is refused and not sent on, whatever it asks for",
        arguments: ["/api/v1/exports", "/api", "/health", "/metrics"])
    func programs(path: String) {
        for host in ["books.example", "books.example:8710", "localhost.evil.example", nil] {
            for method in [HTTPRequest.Method.get, .head, .post, .put] {
                #expect(verdict(host, path, method) == .refuse, "\(method) \(host ?? "no host")")
            }
        }
    }

    @Test("the scheme's own port may be written out")
    func standardPort() {
        let policy = HostPolicy(origin: WebOrigin(scheme: "https", host: "daybook.example", port: nil))
        #expect(policy.verdict(host: "daybook.example:443", method: .post, path: "/exports", query: nil) == .serve)
        #expect(policy.verdict(host: "daybook.example:80", method: .post, path: "/exports", query: nil) == .refuse)
    }

    @Test("over a port, too")
    func live() async throws {
        try await SiteFixture.open(publicURL: "http://localhost:1") { fixture in
            try await Application(
                router: fixture.site.router(), configuration: .init(address: .hostname("127.0.0.1", port: 0))
            )
            .test(.live) { client in
                try await client.execute(uri: "/exports?page=2", method: .get) { response in
                    #expect(response.status == .permanentRedirect)
                    #expect(response.headers[.location] == "http://localhost:1/exports?page=2")
                }
                try await client.execute(uri: "/exports/reset", method: .post) { response in
                    #expect(response.status == .misdirectedRequest)
                    #expect(String(buffer: response.body).contains("http://localhost:1"))
                }
                try await client.execute(uri: "/api/v1/exports/counts", method: .get) { response in
                    #expect(response.status == .ok)
                }
            }
        }
    }

    private func verdict(
        _ host: String?, _ path: String, _ method: HTTPRequest.Method = .get, query: String? = nil
    ) -> HostPolicy.Verdict {
        policy.verdict(host: host, method: method, path: path, query: query)
    }
}
