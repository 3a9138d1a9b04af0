// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Testing

@Suite("A secret from a terminal")
struct HiddenLineTests {
    private func line(_ text: String) -> HiddenLine {
        var line = HiddenLine()
        for byte in text.utf8 { line.take(byte) }
        return line
    }

    @Test("Enter ends it, unless more follows at once: then the line break was pasted along")
    func enter() {
        var typed = line("RT1-abc\r")
        #expect(typed.step == .mayEnd)
        typed.pause()
        #expect(typed.step == .ended && typed.text == "RT1-abc")
        var pasted = line("RT1-abc\ndef")
        #expect(pasted.step == .open, "half a token is no token")
        pasted.take(0x0D)
        pasted.pause()
        #expect(pasted.step == .ended && pasted.text == "RT1-abc\ndef")
    }

    @Test("a marked paste ends with the Enter after it, however slowly it comes")
    func marks() {
        var slow = line("\u{1B}[200~RT1-abc\r")
        slow.pause()
        #expect(slow.step == .open)
        for byte in "def\u{1B}[201~".utf8 { slow.take(byte) }
        slow.pause()
        #expect(slow.step == .open, "a paste is not Enter")
        slow.take(0x0A)
        slow.pause()
        #expect(slow.step == .ended && slow.text == "RT1-abc\ndef")
    }

    @Test("keys that edit do so, arrows do nothing, Ctrl-C cancels")
    func keys() {
        #expect(line("RT1-x\u{7F}\u{1B}[Dabc").text == "RT1-abc")
        #expect(line("é\u{08}RT1").text == "RT1", "a whole character goes")
        #expect(line("wrong\u{15}right").text == "right")
        #expect(line("\u{1B}OART1").text == "RT1")
        #expect(line("RT1\u{03}").step == .cancelled)
        #expect(line("\u{04}").step == .cancelled)
        #expect(line("RT1\u{04}").step == .ended)
    }

    @Test("Enter alone is an empty answer")
    func empty() {
        var line = line("\r")
        line.pause()
        #expect(line.step == .ended && line.text.isEmpty)
    }
}
