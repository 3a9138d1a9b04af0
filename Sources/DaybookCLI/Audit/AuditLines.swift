// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookWeb
import Foundation

extension AuditShape {
    /// In one line of text.
    var line: String {
        let values: String? =
            switch (before, after) {
            case (let before?, let after?): "“\(before)” → “\(after)”"
            case (let before?, nil): "“\(before)” → nothing"
            case (nil, let after?): "“\(after)”"
            case (nil, nil): nil
            }
        let who = actor + (source.map { " from \($0)" } ?? "")
        return [String(serial), at.ISO8601Format(), who, act, object, values, request.map { "request \($0)" }]
            .compactMap(\.self)
            .joined(separator: "  ")
    }
}

/// What checking the trail has shown.
struct AuditAnswer: Encodable, Sendable {
    let count: Int
    let isWhole: Bool
    let findings: [String]
    let anchor: String?
    private let hasAnchor: Bool

    private enum CodingKeys: String, CodingKey { case count, isWhole, findings, anchor }

    init(_ report: AuditReport, hasAnchor: Bool) {
        count = report.count
        isWhole = report.findings.isEmpty
        findings = report.findings.map(\.words)
        anchor = report.anchor?.text
        self.hasAnchor = hasAnchor
    }

    var lines: [String] {
        guard isWhole else {
            return findings + [
                "\(findings.count) \(findings.count == 1 ? "finding" : "findings") in \(count) lines. Compare with a backup: "
                    + "daybook audit list --file BACKUP"
            ]
        }
        let end = hasAnchor ? "and reaches the anchor" : "but whether its end is missing shows only with --anchor"
        return ["\(count) \(count == 1 ? "line" : "lines"): the trail is as it was written, \(end)."]
    }
}
