// SPDX-License-Identifier: Apache-2.0

/// Markup that may be sent as it is: every text put into it is escaped on the way in.
///
/// ```swift
/// let cell: HTML = "<td>\(company.name)</td>"
/// ```
struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation {
    private(set) var text: String

    init(stringLiteral value: String) { text = value }
    init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    static let nothing: HTML = ""

    static func + (left: HTML, right: HTML) -> HTML {
        var result = left
        result.text += right.text
        return result
    }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

        mutating func appendLiteral(_ literal: String) { text += literal }
        /// Disfavoured, so that a literal within an interpolation is markup like the one around it, not a text.
        @_disfavoredOverload
        mutating func appendInterpolation(_ value: String) { text += XMLText.escaped(value) }
        mutating func appendInterpolation(_ value: Int) { text += String(value) }
        mutating func appendInterpolation(_ html: HTML) { text += html.text }
        mutating func appendInterpolation(_ parts: [HTML]) {
            text += parts.map(\.text).joined(separator: "\n")
        }
    }
}

extension HTML {
    /// Markup for a condition that holds, else nothing.
    static func when(_ condition: Bool, _ markup: @autoclosure () -> HTML) -> HTML { condition ? markup() : nothing }

    /// Markup for a value that is there, else nothing.
    static func with<Value>(_ value: Value?, _ markup: (Value) -> HTML) -> HTML { value.map(markup) ?? nothing }
}
