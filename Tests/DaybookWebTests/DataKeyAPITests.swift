// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import Foundation
import HTTPTypes
import Testing

@Suite("The API that rotates the data key")
struct DataKeyAPITests {
    @Test("once people sign in, neither keys nor browsers may ask, only commands; where nothing is kept it says so")
    func who() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            let pat = try await fixture.signUpFirst()
            let key = try await fixture.key("all", Set(APIKey.Scope.allCases))
            try await fixture.visit { visitor in
                let address = "/api/v1/data-key/rotate"
                #expect(try await visitor.call(.post, address, json: "{}").status == 401)
                var headers = key.headers
                headers[.contentType] = "application/json"
                #expect(try await visitor.send(.post, address, headers: headers, body: "{}").status == 403)
                visitor.become(pat)
                let byBrowser = try await visitor.call(.post, address, json: "{}")
                #expect(byBrowser.status == 401)
            }
        }
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let refused = try await visitor.call(.post, "/api/v1/data-key/rotate", json: "{}")
                #expect(refused.status == 422 && refused.text.contains("it has no data key"))
            }
        }
    }

    @Test("its answer names both keys, and says what is still under the former one")
    func answer() throws {
        let rotated = RotatedDataKey(
            key: "a", formerKey: "b", values: 7, wasResumed: true, formerKeyIsIn: nil, formerDatabases: ["old.db"])
        let shape = RotatedDataKeyShape(rotated)
        let json = String(decoding: try JSONEncoder().encode(shape), as: UTF8.self)
        #expect(!json.contains("formerKeyIsIn"))
        #expect(try JSONDecoder().decode(RotatedDataKeyShape.self, from: Data(json.utf8)) == shape)
    }
}
