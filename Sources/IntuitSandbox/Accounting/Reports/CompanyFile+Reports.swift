// SPDX-License-Identifier: Apache-2.0

extension CompanyFile {
    func report(
        named name: String, _ query: [String: String], _ desk: CallDesk
    ) throws(Fault) -> [String: JSONValue] {
        guard name == "TrialBalance" else { throw .unsupportedOperation("report \(name)") }
        let basis = query["accounting_method"] ?? books.settings.reportBasis
        guard ["Cash", "Accrual"].contains(basis) else {
            throw .enumeration("accounting_method", value: basis, allowed: ["Cash", "Accrual"])
        }
        let period = try ReportPeriod(query, today: desk.today)
        let report = TrialBalance(books: books, asOf: period.end)
        return [
            "Header": header(name, basis, period, isEmpty: report.isEmpty, desk), "Columns": report.columns,
            "Rows": report.rows,
        ]
    }

    private func header(
        _ name: String, _ basis: String, _ period: ReportPeriod, isEmpty: Bool, _ desk: CallDesk
    ) -> JSONValue {
        var header: [String: JSONValue] = [
            "ReportName": .string(name), "ReportBasis": .string(basis), "StartPeriod": .string(period.start.text),
            "EndPeriod": .string(period.end.text), "SummarizeColumnsBy": "Total", "Currency": "USD",
            "Time": .string(desk.reportTime),
            "Option": [["Name": "NoReportData", "Value": .string(isEmpty ? "true" : "false")]],
        ]
        if let macro = period.macro { header["DateMacro"] = .string(macro.lowercased()) }
        return .object(header)
    }
}
