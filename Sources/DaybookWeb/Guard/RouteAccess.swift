// SPDX-License-Identifier: Apache-2.0
import Daybook

/// What somebody needs to use a route, once people sign in.
enum RouteAccess: Hashable, Sendable {
    /// Nothing: the route shows nothing of the business, or people sign in by it.
    case open
    /// To have signed in; also for somebody who has yet to set up an authenticator app.
    case ownAccess
    /// To have signed in.
    case signedIn
    /// The right to use one of these verbs somewhere.
    case verbs([Desk.Verb])
    /// The same for a page with a form that takes secrets: a fresh sign-in is asked for before somebody fills it in.
    case form(Desk.Verb)

    static func verb(_ verb: Desk.Verb) -> RouteAccess { .verbs([verb]) }

    /// By method and route; HEAD needs what GET needs.
    ///
    /// A route that is not here is refused to everybody.
    static let table: [String: RouteAccess] = pages.merging(people) { one, _ in one }.merging(api) { one, _ in one }

    private static let pages: [String: RouteAccess] = [
        "GET /assets/{name}": .open,
        "GET /": .verb(.see),
        "GET /exports": .verb(.see),
        "GET /exports/{serial}": .verb(.see),
        "POST /exports/reset": .verb(.reset),
        "POST /exports/hold": .verb(.hold),
        "POST /exports/release": .verb(.release),
        "POST /exports/exclude": .verb(.exclude),
        "POST /exports/include": .verb(.include),
        "GET /account-numbers": .verb(.see),
        "POST /account-numbers": .verb(.saveBooks),
        "POST /account-numbers/stores": .verb(.saveBooks),
        "POST /account-numbers/standard": .verb(.saveBooks),
        "GET /account-numbers/settings": .form(.paste),
        "POST /account-numbers/settings": .verb(.paste),
        "POST /account-numbers/settings/connect": .verb(.connect),
        "GET /configuration": .verb(.see),
        "GET /configuration/core-options": .verb(.see),
        "GET /configuration/core-options/app-configuration": .verb(.see),
        "GET /configuration/core-options/app-configuration/accounting-configuration": .verb(.see),
        "GET /configuration/quickbooks-online": .verb(.see),
        "GET /configuration/notifications": .verb(.saveNotifier),
        "POST /configuration/notifications": .verb(.saveNotifier),
        "POST /configuration/notifications/{id}/test": .verb(.testNotifier),
        "POST /configuration/notifications/{id}/remove": .verb(.deleteNotifier),
        "GET /connection": .verb(.see),
        "GET /connections": .verb(.see),
        "GET /connections/new": .form(.paste),
        "GET /connections/{id}": .verb(.see),
        "GET /connections/{id}/history": .verb(.see),
        "GET /connections/{id}/settings": .form(.paste),
        "GET /connections/{id}/confirm": .verb(.confirm),
        "POST /connections/{id}/confirm": .verb(.confirm),
        "POST /connections/{id}/decline": .verb(.decline),
        "POST /connections/{id}/connect": .verb(.connect),
        "POST /connections/{id}/reset": .verb(.reset),
        "POST /connections/{id}/stores": .verb(.assignStore),
        "POST /connections/{id}/disconnect": .verb(.disconnect),
        "POST /connections/{id}/forget": .verb(.forget),
        "POST /connections/{id}/test": .verb(.test),
        // Intuit sends people there, who sign in first: the pages name companies, and the callback connects one.
        "GET /connection/callback": .verb(.connect),
        "HEAD /connection/callback": .verb(.connect),
        "GET /connection/reconnect": .verb(.see),
        "GET /connection/disconnected": .verb(.see),
        "GET /set-up-intuit": .verb(.see),
        "GET /help": .verb(.see),
        "GET /health": .open,
        "GET /health/live": .open,
        "GET /metrics": .verb(.see),
    ]

    private static let people: [String: RouteAccess] = [
        "GET /sign-in": .open,
        "POST /sign-in": .open,
        "GET /link": .open,
        "POST /link": .open,
        "GET /link/{secret}": .open,
        "POST /sign-out": .ownAccess,
        "GET /sign-in/again": .ownAccess,
        "POST /sign-in/again": .ownAccess,
        "GET /account/authenticator": .ownAccess,
        "POST /account/authenticator": .ownAccess,
        "GET /account": .signedIn,
        "POST /account/password": .signedIn,
        "POST /account/sessions/end-others": .signedIn,
        "POST /account/sessions/{serial}/end": .signedIn,
        "GET /people": .verb(.managePeople),
        "POST /people": .verb(.managePeople),
        "POST /people/{id}/roles/give": .verb(.managePeople),
        "POST /people/{id}/roles/take": .verb(.managePeople),
        "POST /people/{id}/link": .verb(.managePeople),
        "POST /people/{id}/authenticator/remove": .verb(.managePeople),
        "POST /people/{id}/enable": .verb(.managePeople),
        "POST /people/{id}/disable": .verb(.managePeople),
        "POST /people/{id}/sessions/{serial}/end": .verb(.managePeople),
        "GET /keys": .verb(.manageKeys),
        "POST /keys": .verb(.manageKeys),
        "POST /keys/{serial}/revoke": .verb(.manageKeys),
        "GET /customers": .verb(.anonymizeCustomer),
        "POST /customers/anonymize": .verb(.anonymizeCustomer),
        "GET /backups": .verb(.manageBackups),
        "POST /backups": .verb(.manageBackups),
        "GET /backups/{name}": .verb(.manageBackups),
        "GET /backups/{name}/restore": .form(.restoreBackup),
        "POST /backups/{name}/restore": .verb(.restoreBackup),
        "GET /audit": .verb(.seeAudit),
        "POST /audit/check": .verb(.seeAudit),
    ]

    private static let api: [String: RouteAccess] = [
        "GET /api/v1/identity": .open,
        "POST /api/v1/transactions": .verb(.record),
        // Somebody who may bring a transaction in may ask what became of it.
        "GET /api/v1/transactions/{source}/{store}/{id}/{revision}": .verbs([.see, .record]),
        "GET /api/v1/exports": .verb(.see),
        "GET /api/v1/exports/counts": .verb(.see),
        "GET /api/v1/exports/{serial}": .verb(.see),
        "POST /api/v1/exports/reset": .verb(.reset),
        "POST /api/v1/exports/hold": .verb(.hold),
        "POST /api/v1/exports/release": .verb(.release),
        "POST /api/v1/exports/exclude": .verb(.exclude),
        "POST /api/v1/exports/include": .verb(.include),
        "GET /api/v1/account-numbers": .verb(.see),
        "PUT /api/v1/account-numbers": .verb(.saveBooks),
        "PUT /api/v1/app": .verb(.saveApp),
        "GET /api/v1/connections": .verb(.see),
        "GET /api/v1/connections/{id}": .verb(.see),
        "GET /api/v1/connections/{id}/history": .verb(.see),
        "POST /api/v1/connections/{id}/test": .verb(.test),
        "POST /api/v1/connections/{id}/disconnect": .verb(.disconnect),
        "PUT /api/v1/connections/{id}/settings": .verb(.paste),
        "POST /api/v1/connections/{id}/confirm": .verb(.confirm),
        "GET /api/v1/stores": .verb(.see),
        "PUT /api/v1/stores/{store}/connection": .verb(.assignStore),
        "POST /api/v1/consents": .verb(.connect),
        "POST /api/v1/consents/finish": .verb(.connect),
        "GET /api/v1/notifiers": .verb(.saveNotifier),
        "POST /api/v1/notifiers": .verb(.saveNotifier),
        "DELETE /api/v1/notifiers/{id}": .verb(.deleteNotifier),
        "POST /api/v1/notifiers/{id}/test": .verb(.testNotifier),
        "GET /api/v1/deliveries": .verb(.saveNotifier),
        "GET /api/v1/audit": .verb(.seeAudit),
        "POST /api/v1/data-key/rotate": .verb(.rotateDataKey),
        "GET /api/v1/customers": .verb(.anonymizeCustomer),
        "POST /api/v1/customers/anonymize": .verb(.anonymizeCustomer),
        "GET /api/v1/backups": .verb(.manageBackups),
        "POST /api/v1/backups": .verb(.manageBackups),
        "GET /api/v1/backups/{name}": .verb(.manageBackups),
        "POST /api/v1/backups/{name}/restore": .verb(.restoreBackup),
        "GET /api/v1/people": .verb(.managePeople),
        "POST /api/v1/people": .verb(.managePeople),
        "PUT /api/v1/people/{id}/roles": .verb(.managePeople),
        "POST /api/v1/people/{id}/link": .verb(.managePeople),
        "POST /api/v1/people/{id}/authenticator/remove": .verb(.managePeople),
        "POST /api/v1/people/{id}/disable": .verb(.managePeople),
        "POST /api/v1/people/{id}/enable": .verb(.managePeople),
        "GET /api/v1/people/{id}/sessions": .verb(.managePeople),
        "POST /api/v1/people/{id}/sessions/end": .verb(.managePeople),
        "POST /api/v1/people/{id}/sessions/{serial}/end": .verb(.managePeople),
        "GET /api/v1/keys": .verb(.manageKeys),
        "POST /api/v1/keys": .verb(.manageKeys),
        "POST /api/v1/keys/{serial}/revoke": .verb(.manageKeys),
    ]
}
