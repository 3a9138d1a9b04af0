// SPDX-License-Identifier: Apache-2.0
import Daybook
import Testing

@Suite("The address a browser was sent back to, pasted")
struct ConsentAnswerTests {
    private static let ours = "http://localhost:8710/connection/callback"
    private static let answer = "?code=XAB1&state=s1&realmId=93"

    @Test(
        "our own address is taken, however it was copied",
        arguments: [
            "http://localhost:8710/connection/callback?code=XAB1&state=s1&realmId=93",
            "  http://LOCALHOST:8710/connection/callback?code=XAB1&state=s1&realmId=93\n",
            "http://localhost:8710/connection/callback?code=XAB1&sta\n te=s1&realmId=93",
        ])
    func ours(pasted: String) throws {
        let read = try ConsentAnswer(pasted: pasted, redirectURI: Self.ours)
        #expect(read.code == Secret("XAB1") && read.state == "s1" && read.realmID == "93")
    }

    @Test(
        "another address is refused by what differs, with the remedy, and nothing of it is repeated",
        arguments: [
            ("http://localhost:8710/connection/callback/", "it has a slash too many at the end of its path"),
            ("https://localhost:8710/connection/callback", "it does not begin with http://"),
            ("http://127.0.0.1:8710/connection/callback", "its host name is not localhost"),
            ("http://localhost:8711/connection/callback", "its port is not 8710"),
            ("http://localhost/connection/callback", "its port is not 8710"),
            ("http://localhost:8710/secret-path", "its path is not /connection/callback"),
            ("https://developer.intuit.com/v2/OAuth2Playground/RedirectUrl", "it does not begin with http://"),
        ])
    func another(address: String, difference: String) throws {
        let refused = try #require(throws: Desk.Refused.self) {
            _ = try ConsentAnswer(pasted: address + Self.answer, redirectURI: Self.ours)
        }
        #expect(refused.message.contains(difference), "\(refused.message)")
        #expect(refused.message.contains("begin with \(Self.ours) to the letter"))
        #expect(refused.message.contains("Nothing was changed."))
        #expect(!refused.message.contains("XAB1") && !refused.message.contains("secret-path"))
    }

    @Test("a redirect URI that ends in a slash keeps it; a port that goes without saying may be left out")
    func slash() throws {
        let refused = try #require(throws: Desk.Refused.self) {
            _ = try ConsentAnswer(pasted: Self.ours + Self.answer, redirectURI: Self.ours + "/")
        }
        #expect(refused.message.contains("it lacks the slash at the end of its path"))
        let secure = "https://books.example.com/connection/callback"
        _ = try ConsentAnswer(
            pasted: secure + Self.answer, redirectURI: "https://books.example.com:443/connection/callback")
    }

    @Test(
        "half an address, and a refusal of Intuit's, are told as before",
        arguments: [
            ("http://localhost/connection/callback?code=x", "This is not the whole address"),
            ("RT1-1", "This is not the whole address"),
            (
                "http://localhost:8710/connection/callback?error=access_denied",
                "Intuit says that consent was not given"
            ),
        ])
    func incomplete(pasted: String, words: String) throws {
        let refused = try #require(throws: Desk.Refused.self) {
            _ = try ConsentAnswer(pasted: pasted, redirectURI: Self.ours)
        }
        #expect(refused.message.contains(words))
    }
}
