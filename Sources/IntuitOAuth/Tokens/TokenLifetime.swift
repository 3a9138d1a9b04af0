// SPDX-License-Identifier: Apache-2.0

/// A life time as a token answer states it.
enum TokenLifetime: Equatable {
    case told(Duration)
    /// The number came as a text, which is read all the same.
    case toldAsText(Duration)
    case missing
    /// Negative, zero, longer than thirty years, or no number.
    case absurd

    /// RFC 6749 recommends `expires_in` and lets a server leave it out; Intuit's access tokens live for an hour.
    static let assumedOfAccessToken = Duration.seconds(3_600)

    init(_ value: AnswerMember.Value?) {
        switch value {
        case nil, .bare("null"): self = .missing
        case .bare(let number): self = Self.seconds(number).map { .told($0) } ?? .absurd
        case .text(let number): self = Self.seconds(number).map { .toldAsText($0) } ?? .absurd
        case .composite: self = .absurd
        }
    }

    var duration: Duration? {
        switch self {
        case .told(let duration), .toldAsText(let duration): duration
        case .missing, .absurd: nil
        }
    }

    /// Whole seconds; a fraction is dropped, since a token that is renewed a little early does no harm.
    private static func seconds(_ text: String) -> Duration? {
        guard let number = Double(text.drop { $0 == " " }.prefix { $0 != " " }), (1...1_000_000_000).contains(number)
        else { return nil }
        return .seconds(Int(number))
    }
}
