// SPDX-License-Identifier: Apache-2.0
import Daybook

/// Which buttons a page has for somebody: those of verbs that they may use somewhere.
struct Permissions {
    let records: Bool
    let resets: Bool
    let savesBooks: Bool
    let takesBack: Bool
    let assignsStores: Bool
    let tests: Bool
    /// Connect, settings, confirm, disconnect, forget.
    let connects: Bool
    let tellsPeople: Bool
    let managesPeople: Bool
    let managesBackups: Bool

    init(_ actor: Actor) {
        func may(_ verb: Desk.Verb) -> Bool { actor.rights?.allows(verb) ?? true }
        records = may(.record)
        resets = may(.reset)
        savesBooks = may(.saveBooks)
        takesBack = may(.takeBack)
        assignsStores = may(.assignStore)
        tests = may(.test)
        connects = may(.connect)
        tellsPeople = may(.saveNotifier)
        managesPeople = may(.managePeople)
        managesBackups = may(.manageBackups)
    }
}
