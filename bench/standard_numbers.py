# SPDX-License-Identifier: Apache-2.0
"""The sample company's account numbers, in the shape of PUT /api/v1/account-numbers."""

_ROLES = {
    "bank": "1000", "cash-drawer": "1050", "card": "1060", "card[amex]": "1061", "ach": "1065",
    "checks-in-hand": "1070", "receivables-control": "1150", "security-deposits": "2100", "customer-credits": "2110",
    "suspense": "2120", "sales-tax": "2200", "sales-tax[state]": "2200", "sales-tax[county]": "2201",
    "sales-tax[city]": "2202", "rental": "4000", "rental[aerial]": "4010", "rental[earthmoving]": "4020",
    "rental[party]": "4030", "rental[tools]": "4040", "sale": "4100", "used-equipment-sale": "4110",
    "damage-waiver": "4200", "delivery": "4210", "fuel": "4220", "labor": "4230", "cleaning": "4240",
    "environmental": "4250", "re-rent": "4260", "other-fee": "4270", "discount": "4900", "over-short": "6020",
    "rounding": "6030",
}
_STORES = ["Main Street", "Harbor", "Airport"]

ACCOUNT_NUMBERS = {
    "stores": [
        {"number": n, "name": name, "class": f"Store {n} – {name}", "location": name}
        for n, name in enumerate(_STORES, start=1)
    ],
    "numbers": [{"store": 1, "role": role, "number": number} for role, number in _ROLES.items()]
    + [{"store": 2, "role": "cash-drawer", "number": "1051"}, {"store": 3, "role": "cash-drawer", "number": "1052"}],
}
