// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Where the last good discovery document of each environment is kept, for a start at which Intuit's can't be read.
package protocol DiscoveryStore: Sendable {
    /// The document kept last; nil when there is none.
    ///
    /// - Throws: ``DiscoveryUnreadable`` when the stored file is damaged; the next ``keep(_:of:)`` replaces it.
    func document(of environment: Environment.Name) async throws -> KeptDiscovery?

    /// Replaces the document kept before, atomically.
    func keep(_ document: KeptDiscovery, of environment: Environment.Name) async throws
}

/// A discovery document and where it came from.
package struct KeptDiscovery: Sendable, Equatable, Codable {
    /// The address it was read at; it is not valid for another address.
    package let address: URL
    /// The document's JSON, which holds no secret.
    package let document: String

    package init(address: URL, document: String) {
        self.address = address
        self.document = document
    }
}

/// What is kept of the discovery documents can't be read.
package struct DiscoveryUnreadable: Error, Equatable, CustomStringConvertible {
    package let path: String

    package init(path: String) { self.path = path }

    package var description: String {
        "\(path) can't be read as discovery documents. It is ignored, and written anew once Intuit has been read."
    }
}
