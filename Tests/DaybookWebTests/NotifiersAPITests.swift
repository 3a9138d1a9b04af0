// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTypes
import Testing

@Suite("The API of notifications")
struct NotifiersAPITests {
    private let path = "/api/v1/notifiers"

    @Test("somebody is added, listed, tried, logged and removed")
    func roundTrip() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let added = try await visitor.call(.post, path, json: #"{"kind":"email","address":"pat@example.com"}"#)
                #expect(added.status == 201 && !added.text.contains("secret"))
                let listed = try await visitor.open(path)
                #expect(listed.text.contains(#""address":"pat@example.com","#) && listed.text.contains(#""id":1"#))
                let tried = try await visitor.call(.post, "\(path)/1/test", json: "{}")
                #expect(try tried.json()["delivered"] as? Bool == true, "\(tried.text)")
                let log = try await visitor.open("/api/v1/deliveries?limit=5")
                #expect(log.text.contains(#""state":"delivered""#) && log.text.contains(#""type":"test""#))
                let removed = try await visitor.call(.delete, "\(path)/1", json: "{}")
                #expect(removed.status == 200 && removed.text == "{\"notifiers\":[]}\n")
            }
        }
    }

    @Test("a webhook's secret is in the answer to its adding and in no other; of its address only the host is shown")
    func secret() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let body = #"{"kind":"webhook","address":"https://hooks.example.com/canary-path"}"#
                let added = try await visitor.call(.post, path, json: body)
                let secret = try present(try added.json()["secret"] as? String)
                #expect(secret.hasPrefix("dbwh_") && secret.count > 40)
                for answer in [added, try await visitor.open(path), try await visitor.open("/api/v1/deliveries")] {
                    #expect(!answer.text.contains("canary"))
                }
                #expect(try await !visitor.open(path).text.contains(secret))
                let twin = try await visitor.call(.post, path, json: body)
                #expect(twin.status == 422 && twin.text.contains("is told already"))
            }
        }
    }

    @Test(
        "bad input is named, with its remedy",
        arguments: [
            (#"{"kind":"fax","address":"1"}"#, "email or webhook"), (#"{"kind":"email"}"#, "address"),
            (#"{"kind":"email","address":"pat"}"#, "pat@example.com"),
            (#"{"kind":"webhook","address":"http://hooks.example.com/x"}"#, "Use https"),
            (#"{"kind":"email","address":"p@example.com","name":"x"}"#, "not known here"),
        ])
    func mistakes(_ body: String, _ remedy: String) async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let answer = try await visitor.call(.post, path, json: body)
                #expect(answer.status == 422 && answer.text.contains(remedy), "\(answer.text)")
                #expect(try await visitor.open(path).text == "{\"notifiers\":[]}\n")
            }
        }
    }

    @Test("an unknown one is refused in words")
    func unknown() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let removed = try await visitor.call(.delete, "\(path)/9", json: "{}")
                #expect(removed.status == 404 && removed.text.contains("There is no notifier 9"))
                let tried = try await visitor.call(.post, "\(path)/9/test", json: "{}")
                #expect(tried.status == 404)
                let wordy = try await visitor.call(.post, "\(path)/9/test", json: #"{"loud": true}"#)
                #expect(wordy.status == 422 && wordy.text.contains("loud: this member is not known here; send {}"))
                let misnamed = try await visitor.call(.delete, "\(path)/x", json: "{}")
                #expect(misnamed.status == 404)
                let log = try await visitor.open("/api/v1/deliveries?limit=0")
                #expect(log.status == 400)
            }
        }
    }
}
