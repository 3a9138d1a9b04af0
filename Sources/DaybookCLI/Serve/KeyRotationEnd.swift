// SPDX-License-Identifier: Apache-2.0
import Daybook
import Logging
import ServiceLifecycle

/// Goes on, at a start, with a rotation of the data key that was cut off, or that was begun by putting a new key in
/// place.
struct KeyRotationEnd: Service {
    let rotation: any DataKeyRotation
    let logger: Logger

    func run() async throws {
        await finish()
        try? await gracefulShutdown()  // It throws when the task is cancelled, which is an end as well.
    }

    func finish() async {
        guard rotation.isUnfinished else { return }
        do {
            let rotated = try await rotation.rotate()
            logger.info("data key rotated", metadata: ["key": "\(rotated.key)", "values": "\(rotated.values)"])
            if let place = rotated.formerKeyIsIn {
                logger.warning("\(place) still holds the former key, \(rotated.formerKey): take it away")
            }
        } catch {
            // Everything can be read under the two keys; the next start and `daybook keys rotate` go on.
            logger.error("rotation of the data key not finished", metadata: ["reason": "\(error)"])
        }
    }
}
