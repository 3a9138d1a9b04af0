// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation

/// Asks a person before something is done that can't be undone.
///
/// Every command that ends or erases something uses it. Replacing keys or a token needs none: the old ones stay until
/// the new ones have worked, and a token of another company is refused.
struct Confirmation: ParsableArguments {
    @Flag(help: "Don't ask; needed where standard input is no terminal.")
    var yes = false

    /// - Parameters:
    ///   - act: What would be done, as an order, such as “Disconnect Acme”.
    ///   - loss: What can't be brought back then, as a sentence.
    /// - Throws: ``CommandFailure`` when the answer is no, or nobody can be asked.
    func ask(_ act: String, loss: String) throws {
        if yes { return }
        guard HiddenInput.isTerminal else {
            throw CommandFailure(
                """
                \(act)? \(loss) Standard input is no terminal, so nobody can be asked: add --yes if it is meant. \
                Nothing was changed.
                """)
        }
        // Standard output is for the answer, also in JSON.
        HiddenInput.say("\(act)? \(loss) [y/N] ")
        guard readLine()?.lowercased().hasPrefix("y") == true else { throw CommandFailure("Nothing was changed.") }
    }
}
