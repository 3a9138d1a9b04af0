// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation

/// Why a command could not do its work, in words for the person who typed it.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Runs a part of a command.
///
/// An error is shown as its description alone, as command-line users expect.
func plainly<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
        return try await body()
    } catch let failure as CommandFailure {
        throw failure
    } catch let status as ExitCode {
        // The command has said why already.
        throw status
    } catch {
        throw CommandFailure("\(error)")
    }
}
