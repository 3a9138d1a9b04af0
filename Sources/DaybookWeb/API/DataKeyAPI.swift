// SPDX-License-Identifier: Apache-2.0
package import Daybook
import Hummingbird
import HummingbirdCore

/// Rotates the data key of a running server, for commands.
struct DataKeyAPI: Sendable {
    let desk: Desk

    func addRoutes(to api: RouterGroup<SiteContext>) {
        api.post("data-key/rotate") { request, context in
            _ = try await APIBody.json(request, as: EmptyBody.self)
            return try JSONAnswer.response(RotatedDataKeyShape(try await desk.dataKey.rotate(by: context.actor)))
        }
    }
}

/// What a rotation of the data key has done, in JSON.
package struct RotatedDataKeyShape: Codable, Sendable, Equatable {
    package let key: String
    package let formerKey: String
    package let values: Int
    package let wasResumed: Bool
    package let formerKeyIsIn: String?
    package let formerDatabases: [String]

    package init(_ rotated: RotatedDataKey) {
        key = rotated.key
        formerKey = rotated.formerKey
        values = rotated.values
        wasResumed = rotated.wasResumed
        formerKeyIsIn = rotated.formerKeyIsIn
        formerDatabases = rotated.formerDatabases
    }
}
