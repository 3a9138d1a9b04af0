// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// How the tests find and press things, tried on a page of a few lines.
@Suite(
    "A browser driven by visible words", .serialized, .enabled(if: Installed.mayRun, "\(Installed.reasonForSkipping)"))
struct EyesTests {
    private static let page = """
        <!doctype html><html lang="en"><title>Try</title>
        <button hidden>Go</button><button style="visibility:hidden">Go</button>
        <button onclick="document.getElementById('said').textContent='Gone to ' + document.querySelector('select').value">
          Go <b>on</b></button>
        <p><label>First name <input id="x"></label> <label for="y">Lists</label>
        <select id="y"><option>one</option><option>two</option></select>
        <label><input type="checkbox"> com.example.scope</label></p>
        <dl><dt>Realm ID</dt><dd>934</dd></dl><p id="said"></p>
        <input id="mute"><div id="wide">wide</div>
        <script>setTimeout(() => {
          document.getElementById("wide").style.width = "2000px"; console.error("ouch");
          document.getElementById("said").textContent = "Later";
        }, 300)</script>
        """

    private func onThePage(_ body: (Browser) async throws -> Void) async throws {
        try await withFolder { folder in
            let page = folder.appending(path: "page.html")
            try Data(Self.page.utf8).write(to: page)
            try await Browser.with(folder) { browser in
                try await browser.open(page.absoluteString)
                try await body(browser)
            }
        }
    }

    @Test("presses, types, ticks, chooses and reads by what is to be seen, and waits for what comes later")
    func words() async throws {
        try await onThePage { browser in
            try await browser.waitFor("Later")
            try await browser.type("Dana", into: "First name")
            try await browser.choose("two", from: "Lists")
            try await browser.tick("com.example.scope")
            try await browser.tick("com.example.scope")
            try await browser.press("Go")
            try await browser.waitFor("Gone to two")
            #expect(try await browser.read("First name") == "Dana")
            #expect(try await browser.read("Realm ID") == "934")
            #expect(try await browser.now("return document.querySelector('input[type=checkbox]').checked;").isTrue)
        }
    }

    @Test("a field without a label, a page too wide for a phone and a word in the console are faults")
    func faults() async throws {
        try await onThePage { browser in
            try await browser.waitFor("Later")
            let faults = try await browser.faults()
            #expect(faults.contains { $0.contains("console: ") && $0.contains("ouch") })
            #expect(faults.contains { $0.contains("no label: ") && $0.contains("mute") })
            #expect(faults.contains { $0.contains("too wide at 390: ") && $0.contains("wide") })
            #expect(faults.count >= 3)
            #expect(try await browser.violations().contains { $0.contains("label: ") && $0.contains("mute") })
        }
    }
}
