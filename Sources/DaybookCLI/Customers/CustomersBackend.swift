// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookWeb
import Foundation
import HTTPTypes
import Logging

/// Where the commands for customers are carried out: the data folder itself, or a server.
protocol CustomersBackend: Sendable {
    func customers(matching filter: CustomerFilter) async throws -> [CustomerShape]
    func anonymize(_ customer: CustomerKey) async throws -> AnonymizedCustomerShape
}

extension CustomersBackend {
    /// - Throws: ``CommandFailure`` when no customer has the number, or customers of two sources have it.
    func customer(_ number: String, of source: String?) async throws -> CustomerShape {
        let found = try await customers(matching: CustomerFilter(.numbered(number)))
            .filter { source == nil || $0.source == source }
        guard let customer = found.first else {
            let place = source.map { " of \($0)" } ?? ""
            throw CommandFailure(
                "No customer\(place) has the number “\(number)”. `daybook customers list NAME` shows the numbers.")
        }
        guard found.count == 1 else {
            let sources = found.map(\.source).joined(separator: ", ")
            throw CommandFailure("Several systems have a customer “\(number)”: \(sources). Name one with --source.")
        }
        return customer
    }
}

/// Works in the data folder itself, under its exclusive lock.
struct LocalCustomersBackend: CustomersBackend {
    let assembly: Assembly

    func customers(matching filter: CustomerFilter) async throws -> [CustomerShape] {
        try await assembly.desk.customers.list(matching: filter, by: LocalPeopleBackend.who).map(CustomerShape.init)
    }

    func anonymize(_ customer: CustomerKey) async throws -> AnonymizedCustomerShape {
        let (customer, isDone) = try await assembly.desk.customers.anonymize(customer, by: LocalPeopleBackend.who)
        return AnonymizedCustomerShape(customer, isDone: isDone)
    }
}

/// Works through a running server's API.
struct RemoteCustomersBackend: CustomersBackend {
    let server: DaybookServer

    private struct Listed: Decodable {
        let customers: [CustomerShape]
    }

    func customers(matching filter: CustomerFilter) async throws -> [CustomerShape] {
        var query = URLComponents()
        query.queryItems = [URLQueryItem(name: "limit", value: "\(filter.limit)")] + Self.items(filter.wanted)
        // A plus would be read as a space.
        let text = (query.percentEncodedQuery ?? "").replacing("+", with: "%2B")
        return try await server.get("/api/v1/customers?\(text)", as: Listed.self).customers
    }

    private static func items(_ wanted: CustomerFilter.Wanted) -> [URLQueryItem] {
        switch wanted {
        case .oldest: []
        case .named(let name): [URLQueryItem(name: "search", value: name)]
        case .numbered(let id): [URLQueryItem(name: "id", value: id)]
        }
    }

    func anonymize(_ customer: CustomerKey) async throws -> AnonymizedCustomerShape {
        try await server.send(
            .post, "/api/v1/customers/anonymize", ["source": customer.source, "id": customer.id])
    }
}

extension PlaceOptions {
    /// Runs a part of a command on the server or on the data folder, and closes it.
    func withCustomers<Value>(_ body: (any CustomersBackend) async throws -> Value) async throws -> Value {
        try await withPlace { place in
            switch place {
            case .folder(let assembly): try await body(LocalCustomersBackend(assembly: assembly))
            case .server(let server): try await body(RemoteCustomersBackend(server: server))
            }
        }
    }
}
