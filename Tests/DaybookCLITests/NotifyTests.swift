// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("daybook notify", .timeLimit(.minutes(15)))
struct NotifyTests {
    /// A `sendmail` of the test's own, first in PATH.
    private func mailbox(_ folder: URL, _ script: String) throws -> [String: String] {
        let command = folder.appending(path: "sendmail")
        try "#!/bin/sh\n\(script)\n".write(to: command, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: command.path)
        return ["PATH": "\(folder.path):/usr/bin:/bin", "DAYBOOK_MAIL_FROM": "daybook@shop.example.com"]
    }

    @Test("on the data folder: added, listed, tried by the sendmail in PATH, logged, removed")
    func offline() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let message = folder.appending(path: "message")
            let settings = fixture.environment.merging(try mailbox(folder, "cat > '\(message.path)'")) { $1 }
            func notify(_ arguments: String...) async throws -> FinishedCommand {
                try await FinishedCommand.daybook(["notify"] + arguments, settings)
            }
            #expect(try await notify("list").output.contains("Nobody is told yet"))
            let added = try await notify("add", "email", "pat@example.com")
            #expect(
                added.status == 0 && added.output.hasPrefix("Added notifier 1  email  pat@example.com\n"), "\(added)")
            #expect(try await notify().output == "1  email  pat@example.com\n")
            let tried = try await notify("test")
            #expect(tried.status == 0 && tried.output == "Notifier 1: delivered\n", "\(tried)")
            let text = try message.text()
            #expect(text.contains("From: Daybook <daybook@shop.example.com>\nTo: pat@example.com\n"))
            #expect(text.contains("Subject: Daybook: A test of Daybook's notifications\n"))
            #expect(try await notify("log").output.contains("pat@example.com  delivered  A test"))
            let unasked = try await notify("remove", "1")
            #expect(unasked.status != 0 && unasked.output.isEmpty)
            #expect(
                unasked.errors.contains("Remove notifier 1  email  pat@example.com? ")
                    && unasked.errors.contains("--yes"))
            #expect(try await notify("list").output == "1  email  pat@example.com\n", "nothing was changed")
            #expect(try await notify("remove", "1", "--yes").output == "Notifier 1 was removed.\n")
            let gone = try await notify("remove", "1", "--yes")
            #expect(gone.status != 0 && gone.errors.contains("There is no notifier 1"))
        }
    }

    @Test(
        "started by something that ignores the ends of its children, it still knows whether an e-mail went out",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/env")))
    func childrenIgnored() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let settings = fixture.environment.merging(try mailbox(folder, "exit 75")) { $1 }
            _ = try await FinishedCommand.daybook(["notify", "add", "email", "pat@example.com"], settings)
            let tried = try await FinishedCommand.daybook(
                ["notify", "test"], settings, by: ["/usr/bin/env", "--ignore-signal=CHLD"])
            #expect(tried.status == 1)
            #expect(tried.output.contains("The mail command ended with status 75"), "\(tried)")
        }
    }

    @Test("through a running server: a webhook's secret once, a trial that fails ends with an error and its reason")
    func online() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let settings = fixture.environment.merging(try mailbox(folder, "echo 'queue full' >&2; exit 75")) { $1 }
                .merging(["DAYBOOK_ALLOW_INNER_WEBHOOKS": "127.0.0.0/8"]) { $1 }
            let serving = try await RunningProgram.start(
                "daybook", ["serve"], settings, errors: folder.appending(path: "serve.err"))
            let hook = try await fixture.daybook(
                ["notify", "add", "webhook", "-"], input: "https://127.0.0.1:1/canary-path\n")
            #expect(hook.status == 0 && hook.output.contains("shown only now: dbwh_"), "\(hook)")
            _ = try await fixture.daybook(["notify", "add", "email", "pat@example.com"])
            let listed = try await fixture.daybook(["notify", "list"])
            #expect(listed.output == "1  webhook  https://127.0.0.1:1/…\n2  email  pat@example.com\n")
            let tried = try await fixture.daybook(["notify", "test"])
            #expect(tried.status == 1)
            #expect(tried.output.contains("Notifier 1: No connection could be made"))
            #expect(
                tried.output.contains("Notifier 2: The mail command ended with status 75 (it can't just now). queue"))
            let log = try await fixture.daybook(["notify", "log", "--most", "1"])
            #expect(log.output.contains("pat@example.com  given-up  A test"), "\(log.output)")
            let bad = try await fixture.daybook(["notify", "add", "email", "pat"])
            #expect(bad.status != 0 && bad.errors.contains("“pat” is not an e-mail address"))
            _ = await serving.end(with: SIGTERM)
            let said = try serving.errors()
            #expect(said.contains("notification not delivered"))
            #expect(!said.contains("canary") && !said.contains("pat@example.com") && !said.contains("queue full"))
        }
    }

    @Test(
        "a webhook to an inner address is refused, however the address is written, unless it is allowed",
        arguments: [
            "http://127.0.0.1:1/", "http://localhost:1/", "http://[::1]:1/", "https://2130706433/", "https://0x7f.1/",
            "https://10.1.2.3/", "https://169.254.169.254/", "https://[fd00::1]/", "https://[::ffff:192.168.0.1]/",
            "https://0.0.0.0/",
        ])
    func inner(_ address: String) async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let refused = try await fixture.daybook(["notify", "add", "webhook", address])
            #expect(refused.status != 0 && refused.errors.contains("an address of this machine or an inner network"))
            #expect(refused.errors.contains("Nothing was changed."))
            let found = try #require(refused.errors.firstMatch(of: /DAYBOOK_ALLOW_INNER_WEBHOOKS=([0-9a-f:.]+)[.]\s/)).1
            let allowed = try await FinishedCommand.daybook(
                ["notify", "add", "webhook", address, "--allow-inner-webhooks", String(found)], fixture.environment)
            // A name may have several addresses, and each has to be allowed.
            #expect(allowed.status == 0 || address.contains("localhost"), "\(allowed.errors)")
            if allowed.status == 0 {
                let tried = try await fixture.daybook(["notify", "test"])
                #expect(tried.status == 1 && tried.output.contains("an inner network"), "also when it is sent")
            }
        }
    }

    @Test("settings that can't be are named with an example")
    func settings() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let wrong = fixture.environment.merging(["DAYBOOK_SENDMAIL": "mail", "DAYBOOK_MAIL_FROM": "pat"]) { $1 }
            let refused = try await FinishedCommand.daybook(["notify"], wrong)
            #expect(refused.status != 0)
            #expect(refused.errors.contains("DAYBOOK_SENDMAIL=/usr/sbin/sendmail"))
            #expect(refused.errors.contains("DAYBOOK_MAIL_FROM=daybook@example.com"))
        }
    }
}
