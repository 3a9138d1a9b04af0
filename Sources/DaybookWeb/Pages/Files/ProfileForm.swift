// SPDX-License-Identifier: Apache-2.0
import Daybook

/// What a person says about files that no kept profile is for.
struct ProfileForm {
    let name: String?
    let answers: ProfileDraft.Answers

    init(_ form: FormFields) {
        name = form["name"]
        var answers = ProfileDraft.Answers()
        answers.dateOrder = form["dateOrder"].flatMap { DateOrder(rawValue: $0) }
        answers.decimalMark = form["decimalMark"].flatMap { DecimalMark(rawValue: $0) }
        answers.numbering = form["numbering"].flatMap { JournalNumbering(rawValue: $0) }
        for field in ProfileField.allCases {
            answers.columns[field] = form["column.\(field.rawValue)"]
            answers.constants[field] = form["constant.\(field.rawValue)"]
        }
        self.answers = answers
    }
}
