// SPDX-License-Identifier: Apache-2.0

/// The parts forms are made of, each with its label.
enum Fields {
    /// A line to type into.
    static func text(
        _ label: String, _ name: String, value: String = "", type: String = "text", hint: HTML = .nothing,
        autocomplete: String = "off", isWrong: Bool = false
    ) -> HTML {
        """
        <div class="field">
        <label for="\(name)">\(label)</label>
        <input id="\(name)" name="\(name)" type="\(type)" value="\(value)" autocomplete="\(autocomplete)"\
        \(HTML.when(isWrong, " aria-invalid=\"true\" aria-describedby=\"problem\"")) spellcheck="false">
        \(HTML.when(hint != .nothing, "<p class=\"hint\">\(hint)</p>"))
        </div>
        """
    }

    /// A text to take away: readable, selectable, with a Copy button where scripts run.
    static func copyable(_ label: String, _ id: String, value: String, name: String? = nil) -> HTML {
        let named: HTML = HTML.with(name) { " name=\"\($0)\"" }
        // A field that is sent back may be changed, one that is only shown may not.
        let fixed: HTML = HTML.when(name == nil, " readonly")
        let control: HTML =
            value.utf8.count > 120
            ? "<textarea id=\"\(id)\" rows=\"3\" spellcheck=\"false\"\(named)\(fixed)>\(value)</textarea>"
            : """
            <input id="\(id)" type="text" value="\(value)" spellcheck="false" autocomplete="off"\(named)\(fixed)>
            """
        return """
            <div class="field">
            <label for="\(id)">\(label)</label>
            <div class="copy">\(control)<button type="button" hidden data-copy="\(id)" aria-label="Copy \(label)">\
            Copy</button></div>
            </div>
            """
    }

    static func choice(
        _ label: String, _ name: String, id: String? = nil, options: [Option], hint: String = "",
        sendsItself: Bool = false
    ) -> HTML {
        """
        <div class="field">
        <label for="\(id ?? name)">\(label)</label>
        <select id="\(id ?? name)" name="\(name)"\(HTML.when(sendsItself, " data-send"))>
        \(options.map(\.markup))
        </select>
        \(HTML.when(!hint.isEmpty, "<p class=\"hint\">\(hint)</p>"))
        </div>
        """
    }

    static func tick(_ label: HTML, _ name: String, value: String = "on", isOn: Bool = false) -> HTML {
        """
        <label class="tick"><input type="checkbox" name="\(name)" value="\(value)"\(HTML.when(isOn, " checked"))> \
        <span>\(label)</span></label>
        """
    }

    static func hidden(_ name: String, _ value: String) -> HTML {
        "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
    }

    struct Option: Sendable {
        var value: String
        var label: String
        var isChosen = false

        var markup: HTML {
            "<option value=\"\(value)\"\(HTML.when(isChosen, " selected"))>\(label)</option>"
        }
    }
}

/// A form of one button, for acts that need nothing typed.
func buttonForm(_ label: String, action: String, fields: [(String, String)] = [], style: String = "") -> HTML {
    """
    <form method="post" action="\(action)" class="inline">
    \(fields.map { Fields.hidden($0.0, $0.1) })<button class="\(style)">\(label)</button>
    </form>
    """
}
