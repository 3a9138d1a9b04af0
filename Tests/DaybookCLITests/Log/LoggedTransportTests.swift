// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Testing

@Suite("What the log says of a call to Intuit")
struct LoggedTransportTests {
    @Test(
        "is a word, never a company's number or what was asked",
        arguments: [
            ("/v3/company/9341453908059321/batch?requestid=0123abcd&minorversion=75", "batch"),
            ("/v3/company/9341453908059321/companyinfo/9341453908059321", "companyinfo"),
            ("/v3/company/9341453908059321/query?query=select%20*%20from%20Customer", "query"),
            ("/v3/company/9341453908059321", "other"), ("/oauth2/v1/tokens/bearer", "bearer"),
            ("/.well-known/openid_configuration", "openid_configuration"), ("/9341453908059321", "other"),
            ("", "other"), ("/a%20b", "other"),
        ])
    func call(_ path: String, _ word: String) { #expect(LoggedTransport.call(path) == word) }

    @Test(
        "with the number of its envelope, if it has one",
        arguments: [
            ("/v3/company/1/batch?minorversion=75&requestid=0123abcd", "0123abcd"), ("/v3/company/1/batch", nil),
            ("/v3/company/1/query?query=requestid", nil), ("/v3/company/1/batch?requestid=", nil),
            ("/v3/company/1/batch?requestid=no%0Atable", nil),
        ] as [(String, String?)])
    func envelope(_ path: String, _ number: String?) { #expect(LoggedTransport.requestID(path) == number) }
}
