// SPDX-License-Identifier: Apache-2.0
package import Daybook
import HTTPTypes

/// Reads account numbers from the API's body, or collects all mistakes in it.
package struct AccountNumbersReading {
    private var books = BooksSettings()
    private var problems: [IntakeProblem] = []

    static func books(from body: AccountNumbersBody) throws -> BooksSettings {
        do {
            return try read(body)
        } catch {
            throw HTTPProblem(
                .unprocessableContent, "Nothing was saved",
                "The body has \(counted(error.list.count, "mistake")). Correct what is listed and send it again.",
                problems: error.list)
        }
    }

    /// - Throws: All mistakes at once.
    package static func read(_ body: AccountNumbersBody) throws(IntakeProblems) -> BooksSettings {
        var reading = AccountNumbersReading()
        for (index, store) in body.stores.enumerated() { reading.read(store, "stores[\(index)]") }
        for (index, number) in body.numbers.enumerated() { reading.read(number, "numbers[\(index)]") }
        guard reading.problems.isEmpty else { throw IntakeProblems(reading.problems) }
        return reading.books
    }

    /// - Throws: What is wrong with the form of a file, as the API tells it.
    package static func body(of file: [UInt8]) throws(IntakeProblems) -> AccountNumbersBody {
        do {
            return try APIBody.decoded(file, as: AccountNumbersBody.self)
        } catch let problem as HTTPProblem {
            throw IntakeProblems(problem.problems)
        } catch {
            throw IntakeProblems([IntakeProblem(line: nil, field: "file", value: "unreadable", remedy: "write JSON")])
        }
    }

    private mutating func read(_ store: AccountNumbersBody.StoreBody, _ path: String) {
        if !Store.isName(store.name) {
            note("\(path).name", store.name, "write the store's name, at most \(Store.longestName) characters")
        }
        let names = [("name", store.name), ("class", store.className), ("location", store.location)]
        for case (let field, let text?) in names {
            checkCharacters("\(path).\(field)", text)
            if field != "name", text.count > Store.longestName {
                note("\(path).\(field)", text, "write its name in QuickBooks, at most \(Store.longestName) characters")
            }
        }
        guard let number = StoreNumber(store.number) else {
            note("\(path).number", "\(store.number)", "write a store number from 1 to 9999")
            return
        }
        if books.stores.contains(where: { $0.number == number }) {
            note("\(path).number", "\(number)", "this store is listed twice; keep one")
            return
        }
        books.stores.append(
            Store(
                number: number, name: store.name, className: filled(store.className),
                departmentName: filled(store.location)))
    }

    private mutating func read(_ entry: AccountNumbersBody.NumberBody, _ path: String) {
        let store = StoreNumber(entry.store)
        if store == nil { note("\(path).store", "\(entry.store)", "write a store number from 1 to 9999") }
        let role = AccountRole(code: entry.role).flatMap { role in
            role.qualifier.map(NumbersDraft.isQualifier) ?? true ? role : nil
        }
        if role == nil {
            let known = AccountRole.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            note("\(path).role", entry.role, "write one of \(known), narrowed like rental[aerial] if you wish")
        }
        let number = AccountNumber(entry.number)
        if number == nil { note("\(path).number", entry.number, "write the account's number, 1 to 20 characters") }
        guard let store, let role, let number else { return }
        if books.numbers[store, role] != nil {
            note(path, "\(entry.role) at store \(store)", "this role is listed twice for the store; keep one")
            return
        }
        books.numbers[store, role] = number
    }

    private mutating func checkCharacters(_ field: String, _ text: String) {
        guard let character = ControlCharacters.first(in: text) else { return }
        note(field, ControlCharacters.marked(text), "remove the control character \(character)")
    }

    private mutating func note(_ field: String, _ value: String, _ remedy: String) {
        problems.append(IntakeProblem(line: nil, field: field, value: String(value.prefix(60)), remedy: remedy))
    }

    private func filled(_ text: String?) -> String? {
        guard let text, text.contains(where: { !$0.isWhitespace }) else { return nil }
        return text
    }
}
