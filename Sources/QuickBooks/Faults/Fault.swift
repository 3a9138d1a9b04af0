// SPDX-License-Identifier: Apache-2.0

/// QuickBooks' own reasons for a refusal.
///
/// Four forms occur: mixed-case JSON of the services, lower-case JSON of the gateway, XML
/// (throttling and time-outs, whatever was asked for), and HTML, of which nothing can be read.
public struct Fault: Sendable, Equatable {
    /// One of several reasons.
    public struct Reason: Sendable, Equatable {
        /// The title, from Intuit's table of errors.
        public let message: String
        /// The particulars.
        ///
        /// May name customers or users: show it to the company's own people only.
        public let detail: String
        /// Intuit's number for it, such as `6140`; empty if it gave none.
        public let code: String
        /// The field it is about, if stated.
        public let element: String?

        /// Puts a reason together.
        public init(message: String, detail: String = "", code: String, element: String? = nil) {
            self.message = message
            self.detail = detail
            self.code = code
            self.element = element
        }
    }

    /// `ValidationFault`, `SystemFault`, `AUTHENTICATION`, `SERVICE` …; empty for HTML.
    public let type: String
    /// The reasons; empty for HTML, and where Intuit gave none.
    public let errors: [Reason]

    /// Puts a fault together.
    public init(type: String, errors: [Reason]) {
        self.type = type
        self.errors = errors
    }

    /// Whether it came from Intuit's gateway, not from the accounting service.
    public var isGateway: Bool {
        errors.isEmpty || ["SERVICE", "AUTHENTICATION", "AUTHORIZATION"].contains(type)
    }
    /// The codes, in order.
    public var codes: [String] { errors.map(\.code) }
}

extension Fault: CustomStringConvertible {
    /// Titles and numbers, without the details, which may hold names.
    public var description: String {
        if errors.isEmpty { return "Intuit's gateway refused without a reason" }
        return errors.map { $0.code.isEmpty ? $0.message : "\($0.message) (code \($0.code))" }.joined(separator: "; ")
    }
}
