// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

/// A person with a browser that runs no scripts: goes only where visible links and buttons lead.
final class Walker {
    let caller: SandboxCaller
    private(set) var status = 0
    private(set) var page = PageReader("")
    private(set) var html = ""
    private(set) var path = ""
    /// Where the sandbox sent the browser away from itself, if it did.
    private(set) var leftFor: String?
    /// Every address the browser has been at, query and all.
    private(set) var addresses: [String] = []
    private(set) var lastHeaders = HTTPFields()
    private(set) var cookies: [String: String] = [:]
    private var entries = FormEntries()
    private var openMenus: Set<ObjectIdentifier> = []

    init(_ change: (inout SandboxOptions) -> Void = { $0.requiresSignIn = true }) { caller = SandboxCaller(change) }

    var sandbox: Sandbox { caller.sandbox }
    /// What the page says, with single spaces.
    var words: String { page.all("body").first?.words ?? "" }
    /// The sentence of an alert, if there is one.
    var alert: String? { page.elements.first { $0.attributes["role"] == "alert" }?.words }

    func open(_ path: String) async throws { try await go(.get, path, "") }

    /// Clicks the first link, button or menu with that text, within a part of the page if one is named.
    func click(_ text: String, in part: String? = nil) async throws {
        let target = try #require(
            page.all("a", "button", "summary").first { isVisible($0) && $0.words == text && lies($0, in: part) },
            "no “\(text)” to click on \(path)")
        switch target.name {
        case "a": try await go(.get, try #require(target.attributes["href"]), "")
        case "summary": openMenus.insert(ObjectIdentifier(try #require(target.parent)))
        default:
            let form = try #require(target.enclosing("form"), "“\(text)” belongs to no form")
            try #require(target.attributes["disabled"] == nil, "“\(text)” can't be pressed")
            #expect(form.attributes["method"] == "post")
            try await go(.post, try #require(form.attributes["action"]), entries.body(of: form, sentBy: target, page))
        }
    }

    func fill(_ label: String, _ value: String) throws { entries.texts[try id(label)] = value }
    func tick(_ label: String) throws { entries.ticked.insert(try id(label)) }

    func choose(_ label: String, _ option: String) throws {
        let select = try #require(page.control(labelled: label))
        let found = try #require(
            page.all("option").first { $0.enclosing("select") === select && $0.words == option },
            "\(label) offers no “\(option)”")
        entries.texts[ObjectIdentifier(select)] = found.attributes["value"]
    }

    /// The value of the field with that label.
    func value(_ label: String) throws -> String {
        let field = try #require(page.control(labelled: label), "no field “\(label)” on \(path)")
        return field.name == "textarea" ? field.text : field.attributes["value"] ?? ""
    }

    private func id(_ label: String) throws -> ObjectIdentifier {
        ObjectIdentifier(try #require(page.control(labelled: label), "no field “\(label)” on \(path)"))
    }

    private func isVisible(_ element: PageElement) -> Bool {
        guard element.attributes["hidden"] == nil else { return false }
        guard element.name != "summary", let menu = element.enclosing("details") else { return true }
        return openMenus.contains(ObjectIdentifier(menu))
    }

    private func lies(_ element: PageElement, in part: String?) -> Bool {
        guard let part else { return true }
        return element.enclosing("section")?.attributes["aria-label"] == part
            || element.enclosing("tr")?.words.contains(part) == true
    }

    private func go(_ method: HTTPRequest.Method, _ address: String, _ body: String) async throws {
        var (method, address, body) = (method, address, body)
        leftFor = nil
        for _ in 0..<10 {
            let own = address.hasPrefix(caller.base) ? String(address.dropFirst(caller.base.count)) : address
            guard own.hasPrefix("/") else {
                leftFor = own
                return
            }
            addresses.append(own)
            let answer = try await send(method, String(own.prefix { $0 != "#" }), body)
            guard let location = answer.head.headerFields[.location] else { return show(answer, at: own) }
            (method, address, body) = (.get, location, "")
        }
        Issue.record("\(address) leads round in circles")
    }

    private func send(_ method: HTTPRequest.Method, _ path: String, _ body: String) async throws -> TransportResponse {
        var headers = [
            "Cookie": cookies.map { "\($0)=\($1)" }.joined(separator: "; "), "Sec-Fetch-Site": "same-origin",
        ]
        if method == .post {
            headers["Origin"] = caller.base
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        }
        let answer = try await caller.send(method, path, headers: headers, body: body)
        if let cookie = answer.head.headerFields[.setCookie]?.split(separator: ";").first?.split(separator: "=") {
            cookies[String(cookie[0])] = String(cookie[1])
        }
        return answer
    }

    private func show(_ answer: TransportResponse, at path: String) {
        status = answer.statusCode
        lastHeaders = answer.head.headerFields
        html = answer.text
        page = PageReader(answer.text)
        self.path = path
        entries = FormEntries()
        openMenus = []
        #expect(page.mismatches.isEmpty, "\(path) closes its tags in order")
    }
}
