// SPDX-License-Identifier: Apache-2.0
import Foundation

// Keys in byte order; a test compares every byte with what the encoder writes.
extension JournalEntry: JSONWritable {
    func write(to text: inout JSONText) {
        text.object { text in
            text.plain("Adjustment", adjustment.map { $0 ? "true" : "false" })
            text.field("CurrencyRef", currencyRef)
            text.field("DocNumber", docNumber)
            text.field("Id", id)
            text.key("Line")
            text.array(lines) { line, text in line.write(to: &text) }
            text.field("MetaData", metadata)
            text.field("PrivateNote", privateNote)
            text.field("SyncToken", syncToken)
            text.field("TxnDate", txnDate?.description)
        }
    }
}

extension JournalLine: JSONWritable {
    func write(to text: inout JSONText) {
        text.object { text in
            text.plain("Amount", amount?.description)
            text.field("Description", description)
            text.field("DetailType", detailType)
            text.field("Id", id)
            text.field("JournalEntryLineDetail", detail)
            text.plain("LineNum", lineNum?.description)
        }
    }
}

extension JournalLineDetail: JSONWritable {
    func write(to text: inout JSONText) {
        text.object { text in
            text.field("AccountRef", accountRef)
            text.field("ClassRef", classRef)
            text.field("DepartmentRef", departmentRef)
            text.field("Entity", entity)
            text.field("PostingType", postingType?.rawValue)
        }
    }
}

extension JournalLineEntity: JSONWritable {
    func write(to text: inout JSONText) {
        text.object { text in
            text.field("EntityRef", entityRef)
            text.field("Type", type)
        }
    }
}

extension Reference: JSONWritable {
    func write(to text: inout JSONText) {
        text.object { text in
            text.field("name", name)
            text.field("value", value)
        }
    }
}

extension Metadata: JSONWritable {
    func write(to text: inout JSONText) {
        text.object { text in
            text.field("CreateTime", createTime)
            text.field("LastUpdatedTime", lastUpdatedTime)
        }
    }
}
