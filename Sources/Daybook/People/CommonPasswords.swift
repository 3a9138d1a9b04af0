// SPDX-License-Identifier: Apache-2.0

/// Passwords that are tried first, and the words that people put digits and signs behind.
enum CommonPasswords {
    /// With digits, signs or both before or after them they are as easy to guess.
    static let words: Set<String> = [
        "password", "passwort", "passw", "pass", "qwerty", "qwertz", "azerty", "qwertyuiop", "asdfghjkl", "zxcvbnm",
        "letmein",
        "welcome", "admin", "administrator", "root", "login", "secret", "changeme", "default", "guest", "user", "test",
        "testing", "iloveyou", "sunshine", "princess", "monkey", "dragon", "football", "baseball", "basketball",
        "superman",
        "batman", "master", "shadow", "michael", "jennifer", "jordan", "hunter", "trustno", "whatever", "starwars",
        "freedom",
        "computer", "internet", "summer", "winter", "spring", "autumn", "january", "february", "march", "april", "june",
        "july", "august", "september", "october", "november", "december", "monday", "friday", "sunday",
        "daybook", "quickbooks", "intuit", "rental", "rentals", "accounting", "bookkeeper", "invoice", "company",
    ]

    static let all: Set<String> = [
        "1q2w3e4r", "1qaz2wsx", "q1w2e3r4", "1q2w3e4r5t", "qazwsxedc", "zaq12wsx", "abcd1234", "a1b2c3d4", "abc12345",
        "asdf1234", "asdfasdf", "qwerqwer", "12341234", "11223344", "123123123", "12121212", "123321123", "147258369",
        "987654321", "123456789", "1234567890", "0123456789", "0987654321", "11111111", "00000000", "88888888",
        "66666666",
        "p@ssw0rd", "p@ssword", "passw0rd", "pa55word", "pa$$word", "letmein1", "trustno1", "correcthorsebatterystaple",
    ]
}
