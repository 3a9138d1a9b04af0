// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes

extension ExportFilter {
    /// The same list at the place that a cursor names.
    ///
    /// - Throws: ``HTTPProblem`` when it is no cursor, or the cursor of another list.
    func at(cursor text: String?) throws -> ExportFilter {
        guard let text else { return self }
        var filter = self
        do {
            filter.place = try ExportCursor.place(in: text, of: self)
        } catch {
            throw HTTPProblem(.badRequest, "Not a place in this list", error.message)
        }
        return filter
    }
}
