// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook

/// The argument that names a connection by its number, or says `new`.
enum ConnectionChoice {
    /// - Throws: `ValidationError` for anything but a number and `new`.
    static func check(_ text: String) throws {
        guard text == "new" || Int64(text) != nil else {
            throw ValidationError("“\(SecretShape.shown(text))” is no connection: write its number, or new.")
        }
    }
}
