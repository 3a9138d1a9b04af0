// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookNotifiers
import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("E-mail through the sendmail command", .timeLimit(.minutes(5)))
struct SendmailTests {
    private func outcome(
        _ mail: MailSystem, company: String = "Ridge Rentals"
    ) async throws -> DeliveryOutcome {
        try await Examples.sender(mail: mail).send(
            Examples.announcement, as: Examples.id, to: .email(try EmailAddress("pat@example.com")), at: morning)
    }

    private func mail(in folder: URL, patience: Duration = .seconds(30)) -> MailSystem {
        MailSystem(
            command: nil, path: "/nowhere:\(folder.path)", from: "daybook@shop.example.com", patience: patience)
    }

    @Test("it is found in PATH, given the message on standard input and its receivers in the message alone")
    func delivered() async throws {
        try await StandIn.with("printf '%s ' \"$@\" > arguments; cat > message; env > environment") { standIn in
            #expect(try await outcome(mail(in: standIn.folder)) == .delivered)
            #expect(try standIn.text("arguments") == "-t -oi ")
            let message = try standIn.text("message")
            #expect(message.contains("\nTo: pat@example.com\n") && message.contains("\n\nLet Daybook run.\n"))
            #expect(message.contains("Message-ID: <A1-1@shop.example.com>"))
            #expect(try !standIn.text("environment").contains("DAYBOOK_"))
        }
    }

    @Test(
        "it gets none of our descriptors: what it leaves behind would keep our sockets open",
        .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/fd")))
    func descriptors() async throws {
        try await StandIn.with("ls -l /proc/self/fd > descriptors") { standIn in
            let file = try FileHandle(forReadingFrom: standIn.folder.appending(path: "script"))
            // Like a socket of the web server, a duplicate does not close by itself when a program is started.
            let held = dup(file.fileDescriptor)
            defer { close(held) }
            #expect(held > STDERR_FILENO)
            #expect(try await outcome(mail(in: standIn.folder)) == .delivered)
            let listed = try standIn.text("descriptors")
            #expect(listed.contains("/descriptors"), "its own standard output is not in the list")
            #expect(!listed.contains("/script"))
        }
    }

    @Test(
        "its exit status is judged, and its own words are kept for the log page",
        arguments: [
            (
                "echo 'queue\tfull' >&2; exit 75", "The mail command ended with status 75 (it can't just now).",
                "queue full"
            ),
            ("cat >/dev/null; exit 67", "The mail command ended with status 67 (it doesn't know the receiver).", nil),
            ("exit 1", "The mail command ended with status 1.", nil),
            ("kill -TERM $$", "The mail command was ended by signal 15.", nil),
        ] as [(String, String, String?)])
    func refused(_ script: String, _ reason: String, _ words: String?) async throws {
        try await StandIn.with(script) { standIn in
            let outcome = try await outcome(mail(in: standIn.folder))
            #expect(outcome == .failed(DeliveryFailure(reason, words: words)))
        }
    }

    @Test("one that never ends is ended, also when it left a child behind")
    func endless() async throws {
        try await StandIn.with("tail -f /dev/null & exec tail -f /dev/null") { standIn in
            let mail = mail(in: standIn.folder, patience: .milliseconds(200))
            let outcome = try await outcome(mail)
            guard case .failed(let failure) = outcome else {
                Issue.record("it was taken for delivered")
                return
            }
            #expect(failure.reason.contains("took longer than") && failure.reason.contains("was ended"))
        }
    }

    @Test("without a command, the reason says what to install")
    func missing() async throws {
        let named = try await outcome(Examples.noMail)
        #expect(
            named
                == .failed(
                    DeliveryFailure(
                        "The mail command /nowhere/sendmail (DAYBOOK_SENDMAIL) is not there or can't be run.")))
    }
}
