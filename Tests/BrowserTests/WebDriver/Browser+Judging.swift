// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What must hold for every page.
extension Browser {
    /// What is wrong with the page as it stands; empty when nothing is.
    func faults() async throws -> [String] {
        var faults = try await consoleErrors().map { "console: \($0)" }
        faults += try await now(Self.unlabelled).items.compactMap(\.text).map { "no label: \($0)" }
        try await show(.phone)
        faults += try await now(Self.tooWide).items.compactMap(\.text).map { "too wide at 390: \($0)" }
        try await show(.desk)
        let page = try await address().prefix { $0 != "?" }
        return faults.map { "\(page): \($0)" }
    }

    /// Form controls that nothing names, to the eye or to a screen reader.
    private static let unlabelled = """
        const controls = [...document.querySelectorAll("input, select, textarea, button")]
          .filter((one) => !["hidden", "submit", "button"].includes(one.type) && one.tagName !== "BUTTON");
        const named = (one) => labels(one).map(labelWords).some(Boolean) || clean(one.getAttribute("aria-label"))
          || [...(one.labels ?? [])].map(labelWords).some(Boolean);
        const mute = [...document.querySelectorAll("button, a[href]")]
          .filter((one) => isShown(one) && !clean(one.textContent) && !clean(one.getAttribute("aria-label")));
        return [...controls.filter((one) => !named(one)), ...mute].map((one) => one.outerHTML.slice(0, 160));
        """

    /// What sticks out to the right, if one has to scroll sideways.
    private static let tooWide = """
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) return [];
        const out = [...document.body.querySelectorAll("*")]
          .filter((one) => isShown(one) && one.getBoundingClientRect().right > width + 1);
        return [document.documentElement.scrollWidth + " px", ...out.slice(-3).map((one) => one.outerHTML.slice(0, 160))];
        """
}
