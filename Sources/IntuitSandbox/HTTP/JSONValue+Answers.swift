// SPDX-License-Identifier: Apache-2.0
import Foundation

extension JSONValue {
    static func integer(_ value: Int) -> JSONValue { .number(Decimal(value)) }
    static func strings(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }

    /// A number of seconds, to the millisecond.
    static func seconds(_ duration: Duration) -> JSONValue { .number(Decimal(duration.microseconds / 1000) / 1000) }
}
