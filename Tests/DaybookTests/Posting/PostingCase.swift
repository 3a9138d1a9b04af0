// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Daybook

/// What a kind of transaction must post: `debit rental 100.00`, one line each, in order.
struct PostingCase: Sendable, CustomTestStringConvertible {
    let name: String
    let event: CounterEvent
    let lines: [String]

    var testDescription: String { name }
}

extension PostingCase {
    static let charges = [
        Charge(kind: .rental, category: "Aerial", amount: dollars("100.00")),
        Charge(kind: .damageWaiver, amount: dollars("12.00")), Charge(kind: .discount, amount: dollars("10.00")),
    ]
    private static let taxes = [Tax(jurisdiction: "state", amount: dollars("6.38"))]
    static let card = Payment(tender: .card, brand: "amex", amount: dollars("50.00"))
    private static let cash = Payment(tender: .cash, amount: dollars("58.38"))

    private static let bill = [
        "credit rental[aerial] 100.00", "credit damage-waiver 12.00", "debit discount 10.00",
        "credit sales-tax[state] 6.38",
    ]
    private static let correction = [
        "debit rental[aerial] 100.00", "debit damage-waiver 12.00", "credit discount 10.00",
        "debit sales-tax[state] 6.38",
    ]
    private static let receipts = ["debit card[amex] 50.00", "debit cash-drawer 58.38"]
    private static let payout = ["credit card[amex] 50.00", "credit cash-drawer 58.38"]

    static let all: [PostingCase] = [
        PostingCase(
            name: "invoice on account", event: .invoice(charges: charges, taxes: taxes, payments: []),
            lines: bill + ["debit receivables-control 108.38"]),
        PostingCase(
            name: "invoice paid at the counter",
            event: .invoice(charges: charges, taxes: taxes, payments: [card, cash]),
            lines: bill + receipts),
        PostingCase(
            name: "invoice paid in part", event: .invoice(charges: charges, taxes: taxes, payments: [card]),
            lines: bill + ["debit card[amex] 50.00", "debit receivables-control 58.38"]),
        PostingCase(
            name: "invoice paid with a dollar too much",
            event: .invoice(
                charges: charges, taxes: taxes,
                payments: [card, Payment(tender: .check, amount: dollars("59.38"))]),
            lines: bill + [
                "debit card[amex] 50.00", "debit checks-in-hand 59.38", "credit receivables-control 1.00",
            ]),
        PostingCase(
            name: "payment", event: .payment([Payment(tender: .ach, amount: dollars("7.01"))]),
            lines: ["debit ach 7.01", "credit receivables-control 7.01"]),
        PostingCase(
            name: "prepayment", event: .prepayment([card, cash]), lines: receipts + ["credit suspense 108.38"]),
        PostingCase(
            name: "prepayment applied", event: .prepaymentApplied(dollars("33.33")),
            lines: ["debit suspense 33.33", "credit receivables-control 33.33"]),
        PostingCase(
            name: "deposit taken", event: .depositTaken([card, cash]),
            lines: receipts + ["credit security-deposits 108.38"]),
        PostingCase(
            name: "deposit applied", event: .depositApplied(dollars("0.01")),
            lines: ["debit security-deposits 0.01", "credit receivables-control 0.01"]),
        PostingCase(
            name: "deposit refunded", event: .depositRefunded([card, cash]),
            lines: payout + ["debit security-deposits 108.38"]),
        PostingCase(
            name: "credit memo", event: .creditMemo(charges: charges, taxes: taxes),
            lines: correction + ["credit receivables-control 108.38"]),
        PostingCase(
            name: "refund", event: .refund(charges: charges, taxes: taxes, payments: [card, cash]),
            lines: correction + payout),
        PostingCase(
            name: "journal",
            event: .journal([
                JournalLine(side: .debit, account: .number(number("6030")), amount: dollars("2.50")),
                JournalLine(side: .credit, account: .role(role("bank")), amount: dollars("2.50")),
            ]),
            lines: ["debit #6030 2.50", "credit bank 2.50"]),
        PostingCase(
            name: "invoice with a line that costs nothing",
            event: .invoice(
                charges: [
                    Charge(kind: .delivery, amount: .zero(.usd)), Charge(kind: .fuel, amount: dollars("7.00")),
                ], taxes: [Tax(jurisdiction: "state", amount: .zero(.usd))], payments: []),
            lines: ["credit fuel 7.00", "debit receivables-control 7.00"]),
        PostingCase(name: "invoice of nothing", event: nothing[0], lines: []),
    ]

    /// One of every kind, all of whose amounts are zero.
    static let nothing: [CounterEvent] = {
        let zero = Money.zero(.usd)
        let charges = [Charge(kind: .rental, amount: zero), Charge(kind: .discount, amount: zero)]
        let taxes = [Tax(jurisdiction: "state", amount: zero)]
        let payments = [Payment(tender: .cash, amount: zero)]
        return [
            .invoice(charges: charges, taxes: taxes, payments: payments), .payment(payments), .prepayment(payments),
            .prepaymentApplied(zero), .depositTaken(payments), .depositApplied(zero), .depositRefunded(payments),
            .creditMemo(charges: charges, taxes: taxes), .refund(charges: charges, taxes: taxes, payments: payments),
            .journal([
                JournalLine(side: .debit, account: .role(role("bank")), amount: zero),
                JournalLine(side: .credit, account: .role(role("rental")), amount: zero),
            ]),
        ]
    }()
}
