// SPDX-License-Identifier: Apache-2.0
@testable import DaybookWeb
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("A method that an address does not take")
struct MethodTests {
    private static let methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"]

    private static func address(_ pattern: String) -> String {
        "/" + pattern.split(separator: "/").map { $0.hasPrefix("{") ? "1" : String($0) }.joined(separator: "/")
    }

    @Test("is refused with 405 at every address, pages and API, and Allow names those that it takes")
    func everywhere() async throws {
        try await SiteFixture.open { fixture in
            let routes = fixture.site.routes()
            let addresses = Dictionary(grouping: routes) { Self.address($0.path.description) }
                .mapValues { Set($0.map(\.method.rawValue)) }
            #expect(addresses.count > 40)
            try await fixture.visit { visitor in
                for (address, methods) in addresses {
                    let taken = methods.contains("GET") ? methods.union(["HEAD"]) : methods
                    for method in Self.methods where !taken.contains(method) {
                        let answer = try await visitor.send(
                            try present(HTTPRequest.Method(method)), address)
                        #expect(answer.status == 405, "\(method) \(address)")
                        #expect(answer.headers[.allow] == taken.sorted().joined(separator: ", "))
                    }
                }
            }
            #expect(fixture.failures.all.isEmpty)
        }
    }

    @Test("is refused with 501 where there is no address, if none of Daybook's takes it")
    func nowhere() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                for method in ["TRACE", "CONNECT", "BREW"] {
                    let answer = try await visitor.send(try present(HTTPRequest.Method(method)), "/nowhere")
                    #expect(answer.status == 501 && answer.words.contains("takes \(method). Use GET, HEAD"))
                }
                #expect(try await visitor.open("/nowhere").status == 404)
            }
        }
    }

    @Test("an address of the program's own is among them")
    func more() async throws {
        try await SiteFixture.open { fixture in
            let router = fixture.site.router { $0.get("metrics") { _, _ in "" } }
            try await Application(router: router).test(.router) { client in
                let answer = try await client.execute(uri: "/metrics", method: .post)
                #expect(answer.status == .methodNotAllowed && answer.headers[.allow] == "GET, HEAD")
            }
        }
    }
}
