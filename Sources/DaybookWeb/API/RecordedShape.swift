// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// A transaction as it was taken.
struct RecordedShape: Encodable {
    let transaction: KeyShape
    let recordedAt: Date
    let content: JSONText
    let exports: [ExportStandShape]

    init(_ recorded: RecordedTransaction) throws {
        transaction = KeyShape(recorded.key)
        recordedAt = recorded.recordedAt
        content = try JSONDecoder().decode(JSONText.self, from: Data(recorded.content.utf8))
        exports = recorded.exports.map(ExportStandShape.init)
    }
}

struct ExportStandShape: Encodable {
    let serial: Int64
    let documentNumber: String
    let state: String

    init(_ export: Export) {
        serial = export.serial
        documentNumber = export.documentNumber.text
        state = export.progress.state.name.rawValue
    }
}

/// The canonical text of a transaction, passed on as the JSON it is.
indirect enum JSONText: Codable {
    case text(String)
    case whole(Int64)
    case flag(Bool)
    case list([JSONText])
    case object([String: JSONText])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        // Each `try?` asks "is it this?"; the last form throws when it is none of them.
        if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? value.decode(Int64.self) {
            self = .whole(number)
        } else if let list = try? value.decode([JSONText].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: JSONText].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .text(let text): try value.encode(text)
        case .whole(let number): try value.encode(number)
        case .flag(let flag): try value.encode(flag)
        case .list(let list): try value.encode(list)
        case .object(let members): try value.encode(members)
        }
    }
}
