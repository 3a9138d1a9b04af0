# SPDX-License-Identifier: Apache-2.0
"""Journal entries as a user of python-quickbooks builds them."""

from quickbooks.objects.journalentry import JournalEntry, JournalEntryLine, JournalEntryLineDetail


def journal_entry(number, date, lines, note=""):
    """lines: (account, "Debit" or "Credit", amount as text).

    The amounts become floats, as in the README of python-quickbooks; two places survive the way into JSON.
    """
    entry = JournalEntry()
    entry.DocNumber = number
    entry.TxnDate = date
    entry.PrivateNote = note
    entry.Line = [_line(*line) for line in lines]
    return entry


def _line(account, posting_type, amount):
    line = JournalEntryLine()
    line.Amount = float(amount)
    line.JournalEntryLineDetail = JournalEntryLineDetail()
    line.JournalEntryLineDetail.PostingType = posting_type
    line.JournalEntryLineDetail.AccountRef = account.to_ref()
    return line
