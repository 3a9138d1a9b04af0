// SPDX-License-Identifier: Apache-2.0

/// What makes a customer the same one: the number that a source has for it.
package struct CustomerKey: Hashable, Sendable {
    package let source: String
    package let id: String

    package init(source: String, id: String) {
        self.source = source
        self.id = id
    }
}
