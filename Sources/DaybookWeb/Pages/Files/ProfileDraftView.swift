// SPDX-License-Identifier: Apache-2.0
import Daybook

/// What a file does not tell about how it is read, as fields of a form.
struct ProfileDraftView {
    struct ChoiceView {
        let value: String
        let label: String
        let isChosen: Bool
    }

    struct FieldView {
        let name: String
        let label: String
        let hint: String
        let value: String
        let choices: [ChoiceView]
        let hasChoices: Bool
        var isOptional = false
    }

    let name: String
    let kind: String
    let fields: [FieldView]
    let isBeside: Bool
    /// Titles of columns that are not read.
    let unread: String?

    init(_ draft: ProfileDraft, entered: ProfileForm?) {
        name = entered?.name ?? draft.profile.name
        isBeside = draft.profile.isBeside
        kind =
            switch draft.profile.shape {
            case .iif: "a general ledger of QuickBooks Desktop (IIF)"
            case .ledger: "a general ledger"
            case .transactions: "a table of transactions"
            }
        unread = draft.unread.isEmpty ? nil : draft.unread.joined(separator: ", ")
        let asked = draft.questions.flatMap { FieldView.fields($0, draft) }
        // What was said already is sent again with the rest.
        let said = entered.map { Self.said($0.answers, draft) } ?? []
        fields = said.filter { field in !asked.contains { $0.name == field.name } } + asked
    }

    private static func said(_ answers: ProfileDraft.Answers, _ draft: ProfileDraft) -> [FieldView] {
        var fields: [FieldView] = []
        for (field, text) in answers.constants.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            fields.append(FieldView(constant: field, value: text))
        }
        for (field, text) in answers.columns.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            var column = FieldView(column: field, titles: draft.titles, chosen: text)
            // What is emptied is found by the titles again.
            column.isOptional = true
            fields.append(column)
        }
        if let order = answers.dateOrder { fields.append(.dates(example: nil, chosen: order)) }
        if let mark = answers.decimalMark { fields.append(.decimals(example: nil, chosen: mark)) }
        if let numbering = answers.numbering {
            fields.append(.numbering(hint: "", chosen: numbering, draft.profile.shape))
        }
        return fields
    }
}

extension ProfileDraftView.FieldView {
    /// What is the same in every row may stand in a column instead.
    static func fields(_ question: ProfileQuestion, _ draft: ProfileDraft) -> [Self] {
        switch question {
        case .dateOrder(let example): return [.dates(example: example, chosen: nil)]
        case .decimalMark(let example): return [.decimals(example: example, chosen: nil)]
        case .numbering(let numbers): return [.numbering(hint: hint(numbers), chosen: nil, draft.profile.shape)]
        case .column(let field, let titles): return [Self(column: field, titles: titles, chosen: nil)]
        case .missing(let field): return [Self(column: field, titles: draft.titles, chosen: nil)]
        case .constant(.source): return [Self(constant: .source, value: "")]
        case .constant(let field):
            // Most businesses have one store.
            var constant = Self(constant: field, value: field == .store ? "1" : "")
            var column = Self(column: field, titles: draft.titles, chosen: nil)
            constant.isOptional = true
            column.isOptional = true
            return [constant, column]
        }
    }

    init(constant field: ProfileField, value: String) {
        self.init(
            name: "constant.\(field.rawValue)", label: Self.label(field), hint: Self.hint(field), value: value,
            choices: [],
            hasChoices: false)
    }

    init(column field: ProfileField, titles: [String], chosen: String?) {
        self.init(
            name: "column.\(field.rawValue)", label: "Column with the \(Self.word(field))", hint: "", value: "",
            choices: titles.filter { !$0.isEmpty }.map { .init(value: $0, label: $0, isChosen: $0 == chosen) },
            hasChoices: true)
    }

    static func dates(example: String?, chosen: DateOrder?) -> Self {
        Self(
            name: "dateOrder", label: "What comes first in a date", hint: example.map { "as in \($0)" } ?? "",
            value: "",
            choices: [
                .init(value: "month-first", label: "the month", isChosen: chosen == .monthFirst),
                .init(value: "day-first", label: "the day", isChosen: chosen == .dayFirst),
                .init(value: "year-first", label: "the year", isChosen: chosen == .yearFirst),
            ], hasChoices: true)
    }

    static func decimals(example: String?, chosen: DecimalMark?) -> Self {
        Self(
            name: "decimalMark", label: "What begins the decimals of an amount",
            hint: example.map { "as in \($0)" } ?? "", value: "",
            choices: [
                .init(value: "point", label: "a point: 1,250.00", isChosen: chosen == .point),
                .init(value: "comma", label: "a comma: 1.250,00", isChosen: chosen == .comma),
            ], hasChoices: true)
    }

    static func numbering(hint: String, chosen: JournalNumbering?, _ shape: IntakeProfile.Shape) -> Self {
        let numberings: [JournalNumbering] =
            shape == .iif ? [.number, .day, .dayAndType, .dayAndPlace, .dayAndNumber] : [.number, .day, .dayAndNumber]
        return Self(
            name: "numbering", label: "What tells one journal from another", hint: hint, value: "",
            choices: numberings.map { .init(value: $0.rawValue, label: label($0), isChosen: $0 == chosen) },
            hasChoices: true)
    }

    private static func label(_ numbering: JournalNumbering) -> String {
        switch numbering {
        case .number: "the number in the file"
        case .dayAndNumber: "day and number: numbers begin anew each day"
        case .day: "the day: one journal a day"
        case .dayAndType: "day and kind"
        case .dayAndPlace: "day and place in the file: every file has whole days"
        }
    }

    private static func hint(_ numbers: ProfileQuestion.Numbers) -> String {
        switch numbers {
        case .severalADay(let day): "several journals of \(day) have no number"
        case .missing(let day): "some journals have a number, and one of \(day) has none"
        case .twice(let number): "several journals have the number \(number)"
        }
    }

    private static func label(_ field: ProfileField) -> String {
        switch field {
        case .source: "Source: the system that the files come from"
        case .store: "Store number"
        default: "\(word(field).prefix(1).uppercased())\(word(field).dropFirst()) of every row"
        }
    }

    private static func hint(_ field: ProfileField) -> String {
        switch field {
        case .source: "such as elite; it stands in every transaction's key, so keep it the same"
        case .store: "1 to 9999; of every row of such files"
        default: ""
        }
    }

    private static func word(_ field: ProfileField) -> String { field.rawValue.replacing("_", with: " ") }
}
