// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Hummingbird

/// Daybook in a browser and as an API: pages and JSON over the desk's verbs.
package struct Site: Sendable {
    private let desk: Desk
    private let settings: SiteSettings
    private let identity: ServerIdentity
    private let sessions: BrowserSessions
    private let pages: PageWriter
    private let assets = Assets()
    private let randomness: any Randomness
    private let onRefusal: @Sendable (RequestRefusal) -> Void
    private let onFailure: @Sendable (RequestFailure) -> Void

    /// - Parameters:
    ///   - identity: Proves to commands that this is the server of their data folder.
    ///   - sessionKey: Signs cookies and the tokens of forms. It has to be the same at every start: with another
    ///     key, forms opened before a restart must be loaded again.
    ///   - onRefusal: Called for each request that is answered with a status of 400 to 499.
    ///   - onFailure: Called for each request that failed by Daybook's fault, with the reference number that the
    ///     reader was shown.
    package init(
        desk: Desk, settings: SiteSettings, identity: ServerIdentity, sessionKey: [UInt8], randomness: any Randomness,
        clock: any WallClock, onRefusal: @escaping @Sendable (RequestRefusal) -> Void = { _ in },
        onFailure: @escaping @Sendable (RequestFailure) -> Void
    ) {
        self.desk = desk
        self.settings = settings
        self.identity = identity
        self.randomness = randomness
        self.onRefusal = onRefusal
        self.onFailure = onFailure
        sessions = BrowserSessions(
            seal: SessionSeal(key: sessionKey), settings: settings, randomness: randomness)
        pages = PageWriter(desk: desk, settings: settings, sessions: sessions, assets: assets, clock: clock)
    }

    /// - Parameter addMore: Adds routes of the program's own.
    package func router(addMore: (Router<SiteContext>) -> Void = { _ in }) -> Router<SiteContext> {
        let router = Router(context: SiteContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: ForwardingGate(proxies: settings.trustedProxies))
        router.add(middleware: RequestGate(randomness: randomness, onRefusal: onRefusal))
        router.add(middleware: AnswerHeaders(origin: settings.origin))
        router.add(middleware: FailureAnswers(pages: pages, onFailure: onFailure))
        router.add(middleware: MethodGate(methods: MethodTable(routes(addMore: addMore))))
        router.add(middleware: IdentityGate(identity: identity))
        router.add(middleware: HostGate(policy: HostPolicy(origin: settings.origin)))
        router.add(middleware: CrossSiteGate(origin: settings.origin))
        let calls = settings.callsPerMinute.map { CallGate.Kept(perMinute: $0) }
        if let calls { router.add(middleware: gate(of: .sources, calls)) }
        router.add(middleware: SignInGate(desk: desk, identity: identity, sessions: sessions, clock: pages.clock))
        if let calls { router.add(middleware: gate(of: .callers, calls)) }
        router.add(middleware: QueryGate())
        router.add(middleware: StorageGate(desk: desk))
        router.add(middleware: sessions)
        addRoutes(to: router)
        addMore(router)
        return router
    }

    private func gate(of counted: CallGate.Counted, _ kept: CallGate.Kept) -> CallGate {
        CallGate(counted: counted, kept: kept, desk: desk, identity: identity, clock: pages.clock)
    }

    /// Every method and path, as the 405 answer and the API's description need them.
    func routes(addMore: (Router<SiteContext>) -> Void = { _ in }) -> [Router<SiteContext>.RouteDescription] {
        let router = Router(context: SiteContext.self)
        addRoutes(to: router)
        addMore(router)
        return router.routes
    }

    private func addRoutes(to router: Router<SiteContext>) {
        assets.addRoutes(to: router)
        ExportPages(desk: desk, pages: pages).addRoutes(to: router)
        FilePages(desk: desk, pages: pages).addRoutes(to: router)
        AccountNumberPages(desk: desk, pages: pages).addRoutes(to: router)
        AccountNamePages(desk: desk, pages: pages).addRoutes(to: router)
        AccountCheckPages(desk: desk, pages: pages).addRoutes(to: router)
        SettingsPages(desk: desk, pages: pages).addRoutes(to: router)
        ConfigurationPages(pages: pages).addRoutes(to: router)
        ConnectionPages(desk: desk, pages: pages).addRoutes(to: router)
        TestPages(desk: desk, pages: pages).addRoutes(to: router)
        ConfirmationPages(desk: desk, pages: pages).addRoutes(to: router)
        IntuitReturnPages(desk: desk, pages: pages).addRoutes(to: router)
        NotificationPages(desk: desk, pages: pages).addRoutes(to: router)
        SetUpIntuitPages(desk: desk, pages: pages).addRoutes(to: router)
        HelpPages(desk: desk, pages: pages).addRoutes(to: router)
        SignInPages(desk: desk, pages: pages).addRoutes(to: router)
        LinkPages(desk: desk, pages: pages).addRoutes(to: router)
        AccountPages(desk: desk, pages: pages).addRoutes(to: router)
        AuthenticatorPages(desk: desk, pages: pages).addRoutes(to: router)
        PeoplePages(desk: desk, pages: pages).addRoutes(to: router)
        KeyPages(desk: desk, pages: pages).addRoutes(to: router)
        AuditPages(desk: desk, pages: pages).addRoutes(to: router)
        CustomerPages(desk: desk, pages: pages).addRoutes(to: router)
        BackupPages(desk: desk, pages: pages).addRoutes(to: router)
        HealthAPI(desk: desk).addRoutes(to: router)
        let api = router.group("api/v1")
        IdentityAPI(identity: identity).addRoutes(to: api)
        TransactionsAPI(desk: desk).addRoutes(to: api)
        ExportsAPI(desk: desk).addRoutes(to: api)
        AccountNumbersAPI(desk: desk).addRoutes(to: api)
        AccountNamesAPI(desk: desk).addRoutes(to: api)
        AccountCheckAPI(desk: desk).addRoutes(to: api)
        ProfilesAPI(desk: desk).addRoutes(to: api)
        FilesAPI(desk: desk).addRoutes(to: api)
        StoresAPI(desk: desk).addRoutes(to: api)
        AppAPI(desk: desk).addRoutes(to: api)
        ConnectionsAPI(desk: desk).addRoutes(to: api)
        ConsentsAPI(desk: desk, sessions: sessions).addRoutes(to: api)
        NotifiersAPI(desk: desk).addRoutes(to: api)
        AuditAPI(desk: desk).addRoutes(to: api)
        DataKeyAPI(desk: desk).addRoutes(to: api)
        CustomersAPI(desk: desk).addRoutes(to: api)
        BackupsAPI(desk: desk).addRoutes(to: api)
        PeopleAPI(desk: desk, settings: settings).addRoutes(to: api)
        KeysAPI(desk: desk).addRoutes(to: api)
    }
}

/// A request that failed by Daybook's fault, for the log.
package struct RequestFailure: Sendable {
    /// The request's number, which the reader was shown.
    package let reference: String
    package let method: String
    /// The route's pattern, never its values.
    package let route: String
    package let error: any Error

    package var reason: String { "\(type(of: error)): \(error)" }
}
