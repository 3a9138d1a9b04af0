// SPDX-License-Identifier: Apache-2.0
import Foundation

/// How surprising a letter is after another one, as far as the common words tell.
///
/// Names and words of any language that is written alike are guessed sooner than letters at random.
enum LetterPairs {
    private static let cheapest = 10.0
    private static let dearest = 66.0
    /// What is counted for each pair beforehand, so that a pair that is in none of the words has a cost, too.
    private static let share = 0.5

    /// In tenths of a bit; both are small letters of ASCII.
    static func cost(of letter: UInt32, after previous: UInt32) -> Int {
        costs[Int(previous - 97) * 26 + Int(letter - 97)]
    }

    private static let costs: [Int] = {
        var counts = Array(repeating: share, count: 26 * 26)
        for word in CommonWords.words.map({ $0.unicodeScalars.map(\.value) })
        where word.allSatisfy({ (97...122).contains($0) }) {
            for (one, other) in zip(word, word.dropFirst()) { counts[Int(one - 97) * 26 + Int(other - 97)] += 1 }
        }
        return counts.indices.map { index in
            let row = index / 26 * 26
            let all = counts[row..<row + 26].reduce(0, +)
            return Int(min(max(-10 * log2(counts[index] / all), cheapest), dearest))
        }
    }()
}
