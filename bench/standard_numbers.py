# SPDX-License-Identifier: Apache-2.0
"""The sample company's account numbers, in the shape of PUT /api/v1/account-numbers."""

_ROLES = {
    "cash-drawer": "1050", "checks-in-hand": "1070", "card": "1060", "ach": "1065", "bank": "1000",
    "receivables-control": "1150", "security-deposits": "2100", "suspense": "2120", "customer-credits": "2110",
    "sales-tax": "2200", "rental": "4000", "sale": "4100", "damage-waiver": "4200", "delivery": "4210",
    "fuel": "4220", "labor": "4230", "cleaning": "4240", "environmental": "4250", "re-rent": "4260",
    "used-equipment-sale": "4110", "other-fee": "4270", "discount": "4900", "over-short": "6020", "rounding": "6030",
}

ACCOUNT_NUMBERS = {
    "stores": [
        {"number": 1, "name": "Main Street"}, {"number": 2, "name": "Harbor"}, {"number": 3, "name": "Airport"},
    ],
    "numbers": [{"store": 1, "role": role, "number": number} for role, number in _ROLES.items()],
}
