# SPDX-License-Identifier: Apache-2.0
"""The other side: python-quickbooks posting journal entries in batches of thirty, as its README shows.

usage: python_batch_loop.py SANDBOX_URL DOCUMENTS
Prints one JSON line: documents, cpuSeconds (user and system, of this process), seconds.

The entries are handed to batch_create thirty at a time. If it got all of them at once, batch_create itself would cut the
list into thirties and search the whole list for each: that is slower, and no fair comparison.
"""

import json
import os
import sys
import time

os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "scripts", "clients"))

from quickbooks.batch import batch_create  # noqa: E402
from quickbooks.objects.account import Account  # noqa: E402

from journals import journal_entry  # noqa: E402
from python_quickbooks_client import connect  # noqa: E402
from sandbox import Sandbox, require  # noqa: E402

BATCH = 30
# A rental contract: receivable against rent, damage waiver, delivery and two taxes.
LINES = [
    ("1150", "Debit", 130.75), ("4000", "Credit", 85.00), ("4200", "Credit", 10.20), ("4210", "Credit", 27.00),
    ("2200", "Credit", 6.25), ("2201", "Credit", 2.30),
]


def main(url, count):
    qb = connect(Sandbox(url))
    found = {account.AcctNum: account for account in Account.all(max_results=1000, qb=qb)}
    lines = [(found[number], side, amount) for number, side, amount in LINES]

    started, cpu = time.monotonic(), time.process_time()
    created = 0
    for start in range(0, count, BATCH):
        entries = [
            journal_entry(f"PY-{n}", "2026-03-02", lines, note=f"contract {n}")
            for n in range(start, min(start + BATCH, count))
        ]
        answer = batch_create(entries, qb=qb)
        require(not answer.faults, f"a batch came back with {len(answer.faults)} faults: {answer.faults[:1]}")
        created += len(answer.successes)
    cpu, seconds = time.process_time() - cpu, time.monotonic() - started
    require(created == count, f"{created} of {count} entries were created")
    print(json.dumps({"documents": created, "cpuSeconds": round(cpu, 3), "seconds": round(seconds, 3)}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
