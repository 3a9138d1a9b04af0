// SPDX-License-Identifier: Apache-2.0
import Daybook

/// What a person says about how files are read.
struct ProfileForm {
    let name: String?
    let answers: ProfileDraft.Answers

    static let empty = ProfileForm(FormFields(parsing: ""))

    init(_ form: FormFields) {
        name = form["name"]
        var answers = ProfileDraft.Answers()
        answers.dateOrder = form["dateOrder"].flatMap { DateOrder(rawValue: $0) }
        answers.decimalMark = form["decimalMark"].flatMap { DecimalMark(rawValue: $0) }
        answers.numbering = form["numbering"].flatMap { JournalNumbering(rawValue: $0) }
        answers.isBeside = form["beside"] != nil
        for field in ProfileField.allCases {
            answers.columns[field] = form["column.\(field.rawValue)"]
            // A column tells more than a word that is the same in every row.
            if answers.columns[field] == nil { answers.constants[field] = form["constant.\(field.rawValue)"] }
        }
        self.answers = answers
    }

    /// What was said when a profile was kept.
    init(_ profile: IntakeProfile) {
        name = profile.name
        var answers = ProfileDraft.Answers()
        answers.constants = profile.constants
        answers.columns = profile.columns
        answers.dateOrder = profile.dateOrder
        answers.decimalMark = profile.decimalMark
        answers.isBeside = profile.isBeside
        if profile.shape != .transactions { answers.numbering = profile.numbering }
        self.answers = answers
    }
}
