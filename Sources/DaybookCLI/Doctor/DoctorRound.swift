// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Daybook
import DaybookNotifiers
import DaybookStorage
import Dispatch
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitOAuth

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Finds out the facts; it writes nothing.
struct DoctorRound {
    let settings: DaybookConfiguration
    /// A PEM file with the authorities whose certificates are trusted; nil for the system's.
    var authorities: String?

    func facts() async -> DoctorFacts {
        var facts = DoctorFacts()
        facts.address = "\(settings.listen)"
        facts.hasSandboxClock = settings.clockURL != nil
        facts.disk = disk()
        let keys = await keys()
        let database = await offThePool { self.database(try? keys.get()) }
        facts.key = key(keys, database)
        facts.database = database
        facts.server = await server()
        facts.mail = mail()
        facts.intuit = await intuit(database.content?.environments ?? [])
        facts.backups = backups()
        facts.passwords = passwords()
        facts.certificate = await certificate()
        return facts
    }

    private var folder: DataFolder { DataFolder(path: settings.dataFolder) }

    private func disk() -> DoctorFacts.Disk {
        var place = URL(fileURLWithPath: folder.path)
        while place.path != "/", !FileManager.default.fileExists(atPath: place.path) { place.deleteLastPathComponent() }
        let isThere = place.path == URL(fileURLWithPath: folder.path).path
        do {
            if isThere { try folder.requireWritable() }
        } catch {
            return .unusable("\(error)")
        }
        guard access(place.path, W_OK) == 0 else {
            return .unusable("\(place.path) can't be written. Give Daybook's user the right to.")
        }
        var status = statvfs()
        guard statvfs(place.path, &status) == 0 else { return .unusable("\(place.path) can't be examined.") }
        let free = Int(status.f_bavail) * Int(status.f_frsize)
        return isThere ? .usable(free: free) : .notYetThere(free: free)
    }

    private func keys() async -> Result<DataKeys, any Error> {
        do {
            let source = try await settings.key.source() ?? folder.usualKey
            return .success(try source.read())
        } catch {
            return .failure(error)
        }
    }

    private func key(_ keys: Result<DataKeys, any Error>, _ database: DoctorFacts.Database) -> DoctorFacts.Key {
        switch keys {
        case .success(let keys): return keys.former.isEmpty ? .there : .rotating
        case .failure(let refused as KeyRefused) where refused.cause == .missing && database == .notYetThere:
            return .notYetThere
        case .failure(let error): return .refused("\(error)")
        }
    }

    private func database(_ keys: DataKeys?) -> DoctorFacts.Database {
        do {
            return try folder.look(keys: keys, at: Date()).map(DoctorFacts.Database.look) ?? .notYetThere
        } catch {
            return .unreadable("\(error)")
        }
    }

    private func server() async -> DoctorFacts.Server {
        do {
            let server = try await FolderServer(settings.dataFolder).find()
            try await server.close()
            return .answers(server.address)
        } catch {
            // Where nobody holds the folder, no server is missing.
            guard (try? folder.holder()) != nil else {
                return .none(isPortTaken: FreePort.isTaken(settings.listen))
            }
            return .silent("\(error)")
        }
    }

    private func mail() -> DoctorFacts.Mail {
        do {
            return .found(try settings.mail.executable().path)
        } catch {
            return .missing("\(error)")
        }
    }

    private func backups() -> DoctorFacts.Backups {
        guard let plan = settings.backups else { return .notMade }
        do {
            let latest = try BackupShelf(path: plan.folder).latest()
            return .made(
                folder: plan.folder, age: latest.map { Date().timeIntervalSince($0) }, interval: plan.interval.seconds)
        } catch {
            return .unreadable("The folder of backups, \(plan.folder), can't be read: \(error)")
        }
    }

    private func certificate() async -> DoctorFacts.Certificate {
        let address = settings.publicURL.absoluteString
        let host = settings.publicURL.host() ?? address
        guard settings.publicURL.scheme == "https" else {
            return .notUsed(address, isLocal: settings.listen.isLoopback)
        }
        do {
            let shown = try await PresentedCertificate.look(
                host: host, port: settings.publicURL.port ?? 443, trusting: authorities)
            let now = Date()
            return .shown(
                host: host, begun: now.timeIntervalSince(shown.notBefore), left: shown.notAfter.timeIntervalSince(now),
                doubt: shown.doubt)
        } catch {
            return .unknown(address, reason: "\(error)")
        }
    }

    private func passwords() -> DoctorFacts.Passwords {
        let path = settings.passwordList ?? PasswordListFile.usual
        do {
            let list = try PasswordListFile.chosen(settings.passwordList)
            return list.count == 0 ? .none : .list(path: path, count: list.count)
        } catch {
            return .unreadable("\(error)")
        }
    }

    /// Asks the environments of the apps; without an app the usual one.
    private func intuit(_ used: Set<String>) async -> [DoctorFacts.Intuit] {
        let all = settings.environments.all
        let asked = all.filter { used.contains($0.name.text) }
        let client = HTTPClient(
            eventLoopGroupProvider: .singleton, configuration: AsyncHTTPTransport.configuration())
        let transport = AsyncHTTPTransport(client: client)
        var answers: [DoctorFacts.Intuit] = []
        for environment in asked.isEmpty ? Array(all.prefix(1)) : asked {
            answers.append(await ask(environment, transport))
        }
        try? await client.shutdown()  // Only answers were read.
        return answers
    }

    private func ask(_ environment: Daybook.Environment, _ transport: AsyncHTTPTransport) async -> DoctorFacts.Intuit {
        let asked = Date()
        var difference: TimeInterval?
        func found(_ failure: String?) -> DoctorFacts.Intuit {
            DoctorFacts.Intuit(
                environment: environment.name.text, address: environment.discoveryURL.absoluteString, failure: failure,
                clockDifference: difference)
        }
        do {
            let head = HTTPRequest(method: .get, url: environment.discoveryURL)
            let answer = try await transport.send(TransportRequest(head: head), deadline: .seconds(10))
            let middle = asked.addingTimeInterval(Date().timeIntervalSince(asked) / 2)
            difference = answer.head.headerFields[.date].flatMap(Self.moment)?.timeIntervalSince(middle)
            guard answer.statusCode == 200 else { return found("it answered \(answer.statusCode).") }
            _ = try DiscoveryDocument(parsing: answer.body)
            return found(nil)
        } catch {
            return found("\(error)")
        }
    }

    /// Of the header Date, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
    static func moment(_ text: String) -> Date? {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.date(from: text)
    }

    private func offThePool<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: body()) }
        }
    }
}
