// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Daybook

@Suite("Connection settings")
struct ConnectionSettingsTests {
    private let stored = App(environment: .sandbox, clientID: "id1", clientSecret: Secret("secret1"))

    private func refusal(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch {
            return (error as? Desk.Refused)?.message
        }
    }

    @Test("Pasted line breaks and spaces are dropped, and what is left empty stays as stored")
    func cleaning() throws {
        let form = try ConnectionSettings(
            clientID: "  ", clientSecret: Secret(""), realmID: " 934 145\n", refreshToken: Secret(" RT1-\n2 "))
        #expect(form.refreshToken == Secret("RT1-2"))
        #expect(form.realmID == "934145")
        #expect(try form.keys.app(stored: stored, usual: .production) == stored)
    }

    @Test("A new secret for the stored id is taken; a new id needs its own secret")
    func keys() throws {
        let stored = stored.with(hasWorked: true)
        let renewed = App(
            environment: .sandbox, clientID: "id1", clientSecret: Secret("new"), retiringSecret: Secret("secret1"))
        let rotated = try ConnectionSettings(clientSecret: Secret("new"), refreshToken: Secret("t"))
        #expect(try rotated.keys.app(stored: stored, usual: .production) == renewed)
        let other = try ConnectionSettings(clientID: "id2", refreshToken: Secret("t"))
        #expect(
            refusal { _ = try other.keys.app(stored: stored, usual: .production) }
                == "Enter the Client Secret that belongs to this Client ID.")
        #expect(
            refusal { _ = try other.keys.app(stored: nil, usual: .production) }
                == "Enter the Client Secret that belongs to this Client ID.")
        let none = try ConnectionSettings(refreshToken: Secret("t"))
        #expect(
            refusal { _ = try none.keys.app(stored: nil, usual: .production) }
                == "Enter the Client ID of your app, from its keys at Intuit.")
    }

    @Test("However many secrets are mistyped in a row, the last one that Intuit took stays at hand")
    func mistyped() throws {
        let working = stored.with(hasWorked: true)
        func typed(_ secret: String, over app: App) throws -> App {
            try ConnectionSettings(clientSecret: Secret(secret), refreshToken: Secret("t")).keys.app(
                stored: app, usual: .production)
        }
        let once = try typed("mistyped", over: working)
        let twice = try typed("mistyped-again", over: once)
        #expect(twice.clientSecret == Secret("mistyped-again") && !twice.hasWorked)
        #expect(twice.retiringSecret == Secret("secret1"))
        #expect(twice.afterTaking(Secret("secret1"))?.clientSecret == Secret("secret1"))
        // Entered once more it is as good as it was, before Intuit has been asked, too.
        let back = try typed("secret1", over: twice)
        #expect(back == working)
        #expect(try typed("third", over: back).retiringSecret == Secret("secret1"))
    }

    @Test("A field that cannot be right is refused with the place where the right value stands")
    func words() {
        #expect(
            refusal { _ = try ConnectionSettings(refreshToken: Secret(" \n")) }
                == "Enter the refresh token: step 4 of Intuit's OAuth 2.0 Playground shows it.")
        #expect(
            refusal { _ = try ConnectionSettings(realmID: "93x", refreshToken: Secret("t")) }
                == "The Realm ID holds digits only, such as 9341453908059321. Copy it again from the Playground. "
                + "The stored connection stays as it was.")
    }

    @Test(
        "What belongs into another field is told by its name, with the place of the token",
        arguments: [
            ("The Client ID", "ABclient"), ("The Client Secret", "s3cret"), ("A Realm ID", "9341453908059321"),
            ("A Realm ID", "9130357849230001"), ("An access token", "eyJlbmMiOiJBMTI4Q0JDLUhTMjU2In0..x"),
            ("An access token", String(repeating: "a", count: 513)),
        ])
    func wrongField(_ what: String, _ pasted: String) {
        let words = refusal {
            _ = try ConnectionSettings(
                clientID: "ABclient", clientSecret: Secret("s3cret"), realmID: "9341453908059321",
                refreshToken: Secret(pasted))
        }
        #expect(
            words
                == "\(what) was pasted into the refresh token field. The refresh token is shown at step 4 of the "
                + "Playground. The stored connection stays as it was.")
    }

    @Test("A secret shows nowhere but where it is asked for")
    func secrecy() {
        let secret = Secret("hunter2")
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), String(describing: [secret]), dumped] {
            #expect(!text.contains("hunter2"))
        }
        #expect(secret.reveal() == "hunter2")
    }
}
