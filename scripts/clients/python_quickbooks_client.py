# SPDX-License-Identifier: Apache-2.0
"""python-quickbooks, unmodified but for its base URLs, against intuit-sandbox: one journal entry's whole life.

usage: python_quickbooks_client.py SANDBOX_URL
Prints one JSON line with the steps that were taken; ends with 1 and a sentence at the first that went wrong.
"""

import json
import os
import sys
from decimal import Decimal

# oauthlib refuses plain http unless it is told that this is meant; the sandbox is on loopback.
os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"

from intuitlib.client import AuthClient  # noqa: E402
from quickbooks import QuickBooks  # noqa: E402
from quickbooks.batch import batch_create  # noqa: E402
from quickbooks.exceptions import QuickbooksException  # noqa: E402
from quickbooks.objects.account import Account  # noqa: E402
from quickbooks.objects.journalentry import JournalEntry  # noqa: E402

from journals import journal_entry  # noqa: E402
from sandbox import Sandbox, require  # noqa: E402


def connect(sandbox):
    """A client as the README of python-quickbooks makes one, pointed at the sandbox."""
    app = sandbox.development_app()
    realm = sandbox.first_realm()
    QuickBooks.api_url_v3 = QuickBooks.sandbox_api_url_v3 = sandbox.api_url
    oauth = AuthClient(app["clientId"], app["clientSecret"], app["redirectUris"][0], sandbox.discovery_url)
    tokens = sandbox.grant(app["clientId"], realm)
    return QuickBooks(
        auth_client=oauth, refresh_token=tokens["refreshToken"], company_id=realm, minorversion=75, use_decimal=True)


def main(url):
    qb = connect(Sandbox(url))
    steps = ["refresh"]  # QuickBooks() refreshes before it does anything else

    cash = account("1000", qb)
    income = account("4000", qb)
    steps.append("account-query")

    entry = journal_entry("PYQB-1", "2026-03-02", [(cash, "Debit", "107.25"), (income, "Credit", "107.25")])
    created = entry.save(qb=qb, request_id="pyqb0001")
    require(created.Id, "the answer to the create has no Id")
    steps.append("create")

    again = journal_entry("PYQB-1", "2026-03-02", [(cash, "Debit", "107.25"), (income, "Credit", "107.25")])
    require(again.save(qb=qb, request_id="pyqb0001").Id == created.Id, "the same requestid made a second entry")
    steps.append("requestid")

    found = JournalEntry.filter(DocNumber="PYQB-1", qb=qb)
    require([one.Id for one in found] == [created.Id], "the query does not find the entry by its DocNumber")
    amounts = [Decimal(str(line.Amount)) for line in found[0].Line]
    require(amounts == [Decimal("107.25")] * 2, f"the amounts came back as {amounts}")
    require(JournalEntry.count("DocNumber = 'PYQB-1'", qb=qb) == 1, "COUNT(*) does not say 1")
    steps.append("query")

    read = JournalEntry.get(created.Id, qb=qb)
    require(read.DocNumber == "PYQB-1", "the entry read by its Id is another")
    steps.append("read")

    batch(qb, cash, income)
    steps.append("batch")

    read.delete(qb=qb)
    require(JournalEntry.filter(DocNumber="PYQB-1", qb=qb) == [], "the deleted entry is still found")
    steps.append("delete")

    unbalanced = journal_entry("PYQB-9", "2026-03-02", [(cash, "Debit", "1.00"), (income, "Credit", "2.00")])
    try:
        unbalanced.save(qb=qb)
    except QuickbooksException as fault:
        require(fault.error_code == 2300, f"an entry that does not balance was refused with {fault}")
    else:
        raise AssertionError("an entry that does not balance was accepted")
    steps.append("fault")

    print(json.dumps({"client": "python-quickbooks", "steps": steps}))


def account(number, qb):
    found = Account.filter(AcctNum=number, qb=qb)
    require(len(found) == 1, f"{len(found)} accounts with number {number}")
    return found[0]


def batch(qb, cash, income):
    entries = [
        journal_entry(f"PYQB-B{n}", "2026-03-03", [(cash, "Debit", f"{n}.01"), (income, "Credit", f"{n}.01")])
        for n in range(1, 6)
    ]
    entries[2].Line.pop()  # one bad among five
    answer = batch_create(entries, qb=qb)
    require(len(answer.successes) == 4, f"{len(answer.successes)} of 4 good entries were created")
    require([fault.original_object.DocNumber for fault in answer.faults] == ["PYQB-B3"], "not the bad one was refused")


if __name__ == "__main__":
    main(sys.argv[1])
