// SPDX-License-Identifier: Apache-2.0
import Foundation
import IntuitSandbox

/// What `serve` prints once it listens.
///
/// The first line is for programs, the rest for people.
struct Greeting {
    var host: String
    var port: Int?
    var companies: [SandboxCompany]
    var users: [SandboxUser]

    func print() {
        // FileHandle writes at once; what print writes to a pipe waits in a buffer.
        FileHandle.standardOutput.write(Data(text.utf8))
    }

    private var text: String {
        let address = "http://\(host.contains(":") ? "[\(host)]" : host):\(port ?? 0)"
        let realms = companies.map { "  \($0.realmID)  \($0.name)" }.joined(separator: "\n")
        let signIns = users.map { "  Sign In          \($0.email), password \($0.password)" }.joined(separator: "\n")
        return """
            Intuit sandbox listening on \(address)

            Development keys   Client ID      \(SandboxApp.development.clientID)
                               Client Secret  \(SandboxApp.development.clientSecret)
            Production keys    Client ID      \(SandboxApp.production.clientID)
                               Client Secret  \(SandboxApp.production.clientSecret)
            Developer's side   \(address)/app/developer/homepage
            \(signIns)
            Discovery          \(address)/.well-known/openid_sandbox_configuration
            Accounting API     \(address)/v3/company/{realm}/…
            Realm ID and company
            \(realms)

            Stop with Ctrl-C. Nothing is kept.

            """
    }
}
