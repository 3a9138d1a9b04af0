// SPDX-License-Identifier: Apache-2.0

/// What was typed, ticked and chosen on a page, and what its forms send.
struct FormEntries {
    var texts: [ObjectIdentifier: String] = [:]
    var ticked: Set<ObjectIdentifier> = []

    func body(of form: PageElement, sentBy button: PageElement, _ page: PageReader) -> String {
        var fields: [(String, String)] = []
        for field in page.all("input", "textarea", "select") where field.enclosing("form") === form {
            guard let name = field.attributes["name"], field.attributes["disabled"] == nil,
                let value = value(field, page)
            else { continue }
            fields.append((name, value))
        }
        if let name = button.attributes["name"] { fields.append((name, button.attributes["value"] ?? "")) }
        return fields.map { "\(encoded($0))=\(encoded($1))" }.joined(separator: "&")
    }

    private func value(_ field: PageElement, _ page: PageReader) -> String? {
        let id = ObjectIdentifier(field)
        switch (field.name, field.attributes["type"]) {
        case ("textarea", _): return texts[id] ?? field.text
        case ("select", _):
            let options = page.all("option").filter { $0.enclosing("select") === field }
            let chosen = options.first { $0.attributes["selected"] != nil } ?? options.first
            return texts[id] ?? chosen?.attributes["value"]
        case ("input", "checkbox"):
            let isOn = (field.attributes["checked"] != nil) != ticked.contains(id)
            return isOn ? field.attributes["value"] : nil
        case ("input", "radio"):
            let name = field.attributes["name"]
            let rivals = page.all("input").filter {
                $0.attributes["name"] == name && ticked.contains(ObjectIdentifier($0))
            }
            let isOn = rivals.isEmpty ? field.attributes["checked"] != nil : rivals.contains { $0 === field }
            return isOn ? field.attributes["value"] : nil
        default: return texts[id] ?? field.attributes["value"] ?? ""
        }
    }
}
