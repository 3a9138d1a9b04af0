// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation

/// A command that could not do its work, in words for the one who typed it.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Runs a part of a command; its error is shown as its own sentence, without Swift around it.
func plainly<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
        return try await body()
    } catch let failure as CommandFailure {
        throw failure
    } catch {
        throw CommandFailure("\(error)")
    }
}
