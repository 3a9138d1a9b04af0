// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Doing things as a person does: with a real mouse and real keys.
extension Browser {
    /// Presses a button, follows a link, opens a menu.
    ///
    /// - Parameter place: The heading of the part of the page where it stands, when there are several of the name.
    func press(_ words: String, in place: String? = nil) async throws {
        try await act { try await self.click(try await self.find(.pressable, words, in: place)) }
    }

    /// Ticks a box, unless it is ticked.
    func tick(_ label: String) async throws {
        try await act {
            let box = try await self.find(.box, label)
            if try await !self.get("element/\(box.reference)/selected").isTrue { try await self.click(box) }
        }
    }

    /// Types into a field, in place of what it has.
    func type(_ text: String, into label: String) async throws {
        try await act {
            let field = try await self.find(.field, label)
            try await self.post("element/\(field.reference)/clear")
            try await self.post("element/\(field.reference)/value", ["text": .text(text)])
        }
    }

    /// Chooses a file, as the system's dialog would.
    func give(_ file: URL, to label: String) async throws {
        try await act {
            let field = try await self.find(.field, label)
            try await self.post("element/\(field.reference)/value", ["text": .text(file.path)])
        }
    }

    /// Chooses from a list.
    func choose(_ words: String, from label: String) async throws {
        try await act {
            let list = try await self.find(.choice, label)
            try await self.click(try await self.option(words, of: list))
        }
    }

    /// Scrolls to the part of the page with this heading.
    func turn(to place: String) async throws {
        try await waitFor(place)
        _ = try await now("part(arguments[0])?.scrollIntoView();", [.text(place)])
    }

    private func click(_ element: Element) async throws { try await post("element/\(element.reference)/click") }

    /// Tries again when the page changes while it is acted on.
    private func act(_ body: () async throws -> Void) async throws {
        let end = ContinuousClock.now + Self.patience
        while true {
            do {
                return try await body()
            } catch let refusal as WebDriverRefusal where refusal.isPassing && ContinuousClock.now < end {
                continue
            }
        }
    }
}
