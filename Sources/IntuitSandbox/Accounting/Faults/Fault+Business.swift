// SPDX-License-Identifier: Apache-2.0

/// Refusals by the rules of bookkeeping, in Intuit's words where these are known.
extension Fault {
    static let objectNotFound = Fault(
        code: "610", message: "Object Not Found",
        detail: "Object Not Found : Something you're trying to use has been made inactive. Check the fields with"
            + " accounts, customers, items, vendors or employees.")

    static let stale = Fault(
        code: "5010", message: "Stale Object Error",
        detail: "Stale Object Error : You and another user were working on this at the same time."
            + " The other user finished before you did, so your work was not saved.")

    static func business(_ text: String) -> Fault {
        Fault(
            code: "6000", message: "A business validation error has occurred while processing your request",
            detail: "Business Validation Error: \(text)")
    }

    static let nullReference = business("Unexpected Internal Error. (-30000)")
    static let tooFewLines = business("Fill out at least two detail lines to continue.")
    static let noAmount = business("You must set a transaction amount.")
    static let receivableWithoutCustomer = business(
        "When you use Accounts Receivable, you must choose a customer in the Name field.")
    static let payableWithoutVendor = business(
        "When you use Accounts Payable, you must choose a vendor in the Name field.")
    static let singularAccount = business("There can be only one account of singular detail type")
    static let repeatedRequest = business(
        "An unexpected error occurred while accessing or saving your data."
            + " Please wait a few minutes and try again. If the problem persists, contact customer support.")

    static func negativeAmount(_ path: String) -> Fault {
        Fault(
            code: "2290", message: "Negative Journal Entry amount",
            detail: "The amount of a journal line must be zero or greater; use the other posting type", element: path)
    }

    static func unbalanced(debits: String, credits: String) -> Fault {
        Fault(
            code: "2300", message: "Total debits do not equal total credits",
            detail: "Debits are \(debits), credits are \(credits); please balance debits and credits")
    }

    static let accountTypeNeeded = Fault(
        code: "6010", message: "Account type or subtype needed",
        detail: "Either AccountType or AccountSubType must be given", element: "AccountType")

    static let nameNeeded = Fault(
        code: "6080", message: "Name needed",
        detail: "At least one of Title, GivenName, MiddleName, FamilyName, DisplayName or Suffix must be given")

    static func duplicateDocNumber(_ number: String, id: Int) -> Fault {
        Fault(
            code: "6140", message: "Duplicate Document Number Error",
            detail: "Duplicate Document Number Error : You must specify a different number. This number has already"
                + " been used. DocNumber=\(number) is assigned to TxnType=Journal Entry with TxnId=\(id)",
            element: "DocNumber")
    }

    static func parentMismatch(_ flag: String) -> Fault {
        Fault(
            code: "6150", message: "Parent reference mismatch",
            detail: "ParentRef is needed when \(flag) is true, and not allowed when it is false", element: "ParentRef")
    }

    static let tooManyLevels = Fault(
        code: "6180", message: "Too many levels", detail: "A list can be at most 5 levels deep", element: "ParentRef")

    static let parentIsChild = Fault(
        code: "900", message: "Parent and child are the same",
        detail: "An object cannot be its own parent, near or far", element: "ParentRef")

    static let subscriptionEnded = Fault(
        code: "6190", message: "Invalid Company Status",
        detail: "Invalid Company Status : Subscription period has ended or canceled or there was a billing problem.")

    static func periodClosed(until day: String) -> Fault {
        Fault(
            code: "6200", message: "Account Period Closed",
            detail: "Account Period Closed : The books are closed up to \(day); change the date of the transaction",
            element: "TxnDate")
    }

    static let periodClosedByPassword = Fault(
        code: "6210", message: "Account Period Closed, Cannot Update Through Services Error",
        detail: "The account period has closed and the account books cannot be updated through the QBO Services API."
            + " Please use the QBO website to make these changes.")

    static func hasBalance(_ kind: EntityKind) -> Fault {
        Fault(
            code: "6220", message: "Delete List Has Balance Error",
            detail: "This \(kind.rawValue.lowercased()) has a balance and cannot be made inactive", element: "Active")
    }

    static func duplicateName(_ kind: EntityKind, id: Int) -> Fault {
        let whose = kind == .customer || kind == .vendor ? "customer, vendor or employee" : kind.rawValue.lowercased()
        return Fault(
            code: "6240", message: "Duplicate Name Exists Error",
            detail: "The name supplied already exists. : Another \(whose) is already using this name."
                + " Please use a different name. : Id=\(id)",
            element: kind.nameProperty)
    }

    static func duplicateAccountNumber(id: Int) -> Fault {
        business("Another account is already using this number. Please use a different number. : Id=\(id)")
    }

    static let accountTypeMismatch = Fault(
        code: "6430", message: "Invalid account type used",
        detail: "The AccountSubType does not belong to the AccountType", element: "AccountSubType")
}
