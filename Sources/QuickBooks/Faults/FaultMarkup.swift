// SPDX-License-Identifier: Apache-2.0

/// Reads a fault out of XML.
///
/// Only what Intuit's faults hold is understood; an XML parser would be a large dependency for four element names.
enum FaultMarkup {
    static func fault(in text: String) -> Fault? {
        guard let start = text.range(of: "<Fault", after: text.startIndex) else {
            // An HTML page of the gateway; other XML is no fault.
            return text.lowercased().contains("<html") ? Fault(type: "", errors: []) : nil
        }
        let tag = text[start.upperBound...].prefix { $0 != ">" }
        var reasons: [Fault.Reason] = []
        var rest = text[start.upperBound...]
        while let open = rest.range(of: "<Error", after: rest.startIndex) {
            let attributes = rest[open.upperBound...].prefix { $0 != ">" }
            let end = rest.range(of: "</Error>", after: open.upperBound)
            let content = rest[attributes.endIndex..<(end?.lowerBound ?? rest.endIndex)]
            let element = attribute("element", of: attributes)
            reasons.append(
                Fault.Reason(
                    message: inner("Message", of: content), detail: inner("Detail", of: content),
                    code: attribute("code", of: attributes) ?? "", element: element?.isEmpty == true ? nil : element))
            guard let end else { break }
            rest = rest[end.upperBound...]
        }
        return reasons.isEmpty ? nil : Fault(type: attribute("type", of: tag) ?? "", reasons: reasons)
    }

    private static func attribute(_ name: String, of tag: Substring) -> String? {
        for quote in ["\"", "'"] {
            guard let start = tag.range(of: "\(name)=\(quote)", after: tag.startIndex) else { continue }
            return unescaped(tag[start.upperBound...].prefix { String($0) != quote })
        }
        return nil
    }

    private static func inner(_ name: String, of text: Substring) -> String {
        guard let open = text.range(of: "<\(name)>", after: text.startIndex),
            let close = text.range(of: "</\(name)>", after: open.upperBound)
        else { return "" }
        return unescaped(text[open.upperBound..<close.lowerBound])
    }

    private static func unescaped(_ text: Substring) -> String {
        let named = ["&lt;": "<", "&gt;": ">", "&quot;": "\"", "&apos;": "'", "&#39;": "'", "&#34;": "\""]
        let plain = named.reduce(String(text)) { $0.replacing($1.key, with: $1.value) }
        // Last, or "&amp;lt;" would be read twice.
        return plain.replacing("&amp;", with: "&")
    }
}

extension StringProtocol where SubSequence == Substring {
    fileprivate func range(of text: String, after index: Index) -> Range<Index>? {
        self[index...].firstRange(of: text)
    }
}
