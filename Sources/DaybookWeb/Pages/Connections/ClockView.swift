// SPDX-License-Identifier: Apache-2.0
import Daybook

/// One of a connection's two clocks as pages show it: days left, date, what it means.
struct ClockView {
    let name: String
    let meaning: String
    /// The day on which it ends or has ended, in words.
    let until: String
    let remaining: String
    let tone: String

    static func both(_ clocks: ConnectionClocks, shown: ShownText) -> [ClockView] {
        let idle = ClockView(
            "Idle clock",
            "Starts again with every use. Daybook uses the connection daily, also when nothing is posted.",
            clocks.idle, shown)
        let name = "Hard limit"
        let meaning = "Five years after the consent QuickBooks asks for a new one. Nothing puts that off."
        guard let hard = clocks.hard else { return [idle, ClockView(untold: name, meaning)] }
        return [idle, ClockView(name, meaning, hard, shown)]
    }

    private init(untold name: String, _ meaning: String) {
        self.name = name
        self.meaning = meaning
        remaining = "Intuit has not said when"
        until = "at most five years after connecting"
        tone = ConnectionOverview.Tone.good.rawValue
    }

    private init(_ name: String, _ meaning: String, _ reading: ConnectionClocks.Reading, _ shown: ShownText) {
        self.name = name
        self.meaning = meaning
        until = "\(reading.hasRunOut ? "on" : "until") \(shown.day(reading.end))"
        remaining = Self.remaining(reading)
        tone = Self.tone(reading).rawValue
    }

    private static func remaining(_ reading: ConnectionClocks.Reading) -> String {
        if reading.hasRunOut { return "has run out" }
        return reading.days == 0 ? "less than a day left" : "\(counted(reading.days, "day")) left"
    }

    /// The last week is red: somebody has to act now.
    private static func tone(_ reading: ConnectionClocks.Reading) -> ConnectionOverview.Tone {
        guard let level = reading.level else { return reading.hasRunOut ? .bad : .good }
        return level <= 7 ? .bad : .warn
    }
}
