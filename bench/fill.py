# SPDX-License-Identifier: Apache-2.0
"""Fills the database of a data folder with exports, by plain SQL: much faster than taking them in, and the same rows.

The folder's schema has to be there: `daybook serve` or any command makes it. All triggers run, so the kept counts are
Daybook's own; the search's index is built at the end as its migration does.
"""

import datetime
import json
import random
import sqlite3

_FIRST = ["Ann", "Bo", "Carla", "Dev", "Elif", "Finn", "Gus", "Hana", "Ivo", "Jo", "Kemal", "Lena", "Mo", "Nia", "Otto",
          "Pia", "Quinn", "Rosa", "Sam", "Tess", "Uwe", "Vera", "Will", "Xenia", "Yusuf", "Zoë"]
_LAST = ["Ostrander", "Party Rentals", "Construction", "Landscaping", "Ünal", "Baker", "Roofing", "Events", "Farms",
         "Okafor", "Plumbing", "Schools", "Hotel", "Nguyen", "Logistics", "Paving", "Studios", "Church", "Miller"]
_ROLES = ["rental[aerial]", "rental[earthmoving]", "rental[party]", "damage-waiver", "delivery", "sale", "fuel"]
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_BATCH = 30


def fill(path, exports, days, open_share=0.0005, seed=1):
    """Adds `exports` posted journal entries of the last `days` days, the latest few of them in the other states."""
    chance = random.Random(seed)
    database = sqlite3.connect(path)
    database.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000")
    first = datetime.datetime(2026, 11, 28, tzinfo=datetime.timezone.utc) - datetime.timedelta(days=days)
    start = database.execute("SELECT COALESCE(max(serial), 0) FROM exports").fetchone()[0]
    for low in range(0, exports, 30_000):
        rows = [_rows(chance, start + number + 1, first, number * days / exports, number / exports > 1 - open_share)
                for number in range(low, min(low + 30_000, exports))]
        with database:
            _insert(database, rows)
    with database:
        database.execute("INSERT INTO export_search (export_search) VALUES ('rebuild')")
    database.execute("PRAGMA wal_checkpoint (TRUNCATE)")
    database.close()


def _rows(chance, serial, first, day, is_open):
    at = first + datetime.timedelta(days=day)
    store = chance.choice([1, 1, 1, 2, 2, 3, 4])
    key = f"INV-{serial + 100_000}"
    contract = f"C{chance.randrange(10_000, 99_999)}"
    customer = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
    rent, waiver = chance.randrange(1_500, 450_000), chance.randrange(200, 9_000)
    tax = (rent + waiver) * 7 // 100
    state = chance.choice(["pending", "error", "checking", "on-hold"]) if is_open else "exported"
    token = "".join(chance.choice(_BASE32) for _ in range(26))
    return {
        "serial": serial, "at": int(at.timestamp() * 1000), "date": at.date().isoformat(), "store": store, "key": key,
        "contract": contract, "customer": customer, "total": rent + waiver + tax, "state": state, "id": token,
        "number": f"{store}-{key[:10]}-{token[:5].upper()}", "request": f"{serial // _BATCH:032x}",
        "lines": [("card[visa]", "debit", rent + waiver + tax), (chance.choice(_ROLES), "credit", rent),
                  ("damage-waiver", "credit", waiver), ("sales-tax[state]", "credit", tax)],
    }


def _insert(database, rows):
    posted = [row for row in rows if row["state"] != "pending"]
    database.executemany(
        "INSERT INTO transactions (serial, source, store, id, revision, kind, date, customer_name, contract, search,"
        " content, recorded_at, customer_id) VALUES (:serial, 'counter', :store, :key, 1, 'invoice', :date, :customer,"
        " :contract, '', :content, :at, 'C' || :contract)", [{**row, "content": _content(row)} for row in rows])
    database.executemany(
        "INSERT INTO exports (serial, id, connection_id, store, date, total, currency, document_number, note,"
        " created_at, latest_request_id, state, doubt_since, look_at, last_doubt, document_id, sync_token, looked_up,"
        " failure, failure_code, explanation) VALUES (:serial, :id, 1, :store, :date, :total, 'USD', :number, :note,"
        " :at, :request, :state, :doubt, :doubt, :doubt, :document, :token, :looked, :failure, :failure, :words)",
        [_export(row) for row in rows])
    database.executemany(
        "INSERT INTO entry_lines (transaction_serial, position, export_serial, store, role, side, amount, text)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, 'Contract line')",
        [(row["serial"], place, row["serial"], row["store"], *line)
         for row in rows for place, line in enumerate(row["lines"])])
    requests = {}
    for row in posted:
        requests.setdefault(row["request"], []).append(row)
    database.executemany(
        "INSERT OR IGNORE INTO envelopes (request_id, connection_id, target, body, sha256, prepared_at,"
        " lease_generation, phase) VALUES (?, 1, '/v3/company/1/batch', ?, randomblob(32), ?, 1, 'closed')",
        [(request, _body(held), held[0]["at"]) for request, held in requests.items()])
    database.executemany(
        "INSERT INTO sendings (connection_id, request_id, sent_at) VALUES (1, ?, ?)",
        [(request, held[0]["at"]) for request, held in requests.items()])
    database.executemany(
        "INSERT INTO envelope_items (request_id, position, export_serial, export_id, batch_item_id, document_number,"
        " date, total, currency) VALUES (:request, :serial, :serial, :id, :serial, :number, :date, :total, 'USD')",
        posted)
    database.executemany(
        "INSERT INTO export_notes (export_serial, at, text, actor) VALUES (?, ?, ?, 'exporter')",
        [note for row in posted for note in
         ((row["serial"], row["at"], "Put into envelope " + row["request"]),
          (row["serial"], row["at"] + 900, "Posted as document " + str(row["serial"])))])


def _export(row):
    state = row["state"]
    return {
        **row, "note": f"Invoice {row['key']} · contract {row['contract']} · {row['customer']}",
        "request": None if state == "pending" else row["request"], "doubt": row["at"] if state == "checking" else None,
        "document": str(row["serial"] + 20_000) if state == "exported" else None,
        "token": "0" if state == "exported" else None, "looked": 0 if state == "exported" else None,
        "failure": "refused" if state == "error" else None,
        "words": "The books are closed." if state == "error" else None,
    }


def _content(row):
    return json.dumps({
        "contract": row["contract"], "currency": "USD", "customer": {"id": "C" + row["contract"], "name": row["customer"]},
        "date": row["date"], "id": row["key"], "revision": 1, "source": "counter", "store": row["store"], "type": "invoice",
        "charges": [{"amount": f"{amount / 100:.2f}", "kind": role} for role, _, amount in row["lines"][1:]],
        "payments": [{"amount": f"{row['total'] / 100:.2f}", "brand": "visa", "tender": "card"}],
    })


def _body(rows):
    """As long as a batch of journal entries is."""
    return json.dumps({"BatchItemRequest": [{
        "bId": str(row["serial"]), "operation": "create", "JournalEntry": {
            "DocNumber": row["number"], "TxnDate": row["date"], "PrivateNote": f"Daybook {row['id']}/{row['request'][:8]}",
            "Line": [{"Amount": amount / 100, "DetailType": "JournalEntryLineDetail", "Description": "Contract line",
                      "JournalEntryLineDetail": {"PostingType": side, "AccountRef": {"value": "84", "name": role}}}
                     for role, side, amount in row["lines"]]}} for row in rows]}).encode()
