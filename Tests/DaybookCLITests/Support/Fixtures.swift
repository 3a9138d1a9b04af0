// SPDX-License-Identifier: Apache-2.0

/// What a rental counter hands over, good and bad.
enum Fixtures {
    static let header = "source,store,id,type,date,line,kind,jurisdiction,tender,amount\n"

    /// Two transactions: an invoice of two rows, and a payment.
    static let good =
        header + """
            elite,1,INV-1,invoice,2026-11-16,charge,rental,,,120.00
            elite,1,INV-1,invoice,2026-11-16,tax,,state,,7.50
            elite,1,PAY-1,payment,2026-11-16,payment,,,cash,127.50

            """

    /// The same two, and between them one with two mistakes and one with another.
    static let mixed =
        header + """
            elite,1,INV-1,invoice,2026-11-16,charge,rental,,,120.00
            elite,1,INV-1,invoice,2026-11-16,tax,,state,,7.50
            elite,1,INV-2,invoice,16.11.2026,charge,rental,,,"12,50"
            elite,1,PAY-2,payment,2026-11-16,payment,,,beads,10.00
            elite,1,PAY-1,payment,2026-11-16,payment,,,cash,127.50

            """

    /// The payment of `good` with another amount, and a new one.
    static let changed =
        header + """
            elite,1,PAY-1,payment,2026-11-16,payment,,,cash,99.99
            elite,1,PAY-3,payment,2026-11-16,payment,,,cash,15.00

            """

    static let json = """
        {"source": "elite", "store": 1, "id": "PAY-9", "type": "payment", "date": "2026-11-16",
         "payments": [{"tender": "check", "amount": "88.00"}]}
        """
}
