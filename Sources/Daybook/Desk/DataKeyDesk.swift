// SPDX-License-Identifier: Apache-2.0

/// Replaces the key under which stored secrets are sealed.
package struct DataKeyDesk: WorkingDesk {
    /// Nil where nothing is stored in a folder.
    let rotation: (any DataKeyRotation)?
    let work: DeskWork

    /// - Throws: ``Desk/Refused`` when the key can't be replaced, or not to the end.
    package func rotate(by actor: Actor) async throws -> RotatedDataKey {
        try await act(.rotateDataKey, by: actor) {
            guard let rotation else { throw Desk.Refused("This Daybook keeps nothing, so it has no data key.") }
            do {
                return try await rotation.rotate()
            } catch let refused as DataKeyRotationRefused {
                throw Desk.Refused(refused.description)
            }
        }
    }
}
