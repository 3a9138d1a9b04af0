// SPDX-License-Identifier: Apache-2.0

/// A sentence at the head of a page about what was just done, or couldn't be.
struct Message: Sendable, Equatable {
    var text: String
    var isTrouble: Bool

    static func done(_ text: String) -> Message { Message(text: text, isTrouble: false) }
    static func trouble(_ text: String) -> Message { Message(text: text, isTrouble: true) }

    var markup: HTML {
        isTrouble
            ? "<p class=\"message trouble\" role=\"alert\" id=\"problem\">\(text)</p>"
            : "<p class=\"message\" role=\"status\">\(text)</p>"
    }
}
