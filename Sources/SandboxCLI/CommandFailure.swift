// SPDX-License-Identifier: Apache-2.0

/// Why a command couldn't do its work; the arguments were right, so no usage is printed with it.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String
}
