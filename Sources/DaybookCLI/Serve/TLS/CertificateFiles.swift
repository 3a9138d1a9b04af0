// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPServing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The two files of a server's certificate.
struct CertificateFiles: Equatable, Sendable {
    /// PEM: the server's own certificate, then those that lead to its authority.
    let certificate: String
    /// PEM: the private key, without a password.
    let key: String

    /// What is in them.
    struct Content: Equatable {
        let certificate: [UInt8]
        let key: [UInt8]
    }

    /// - Throws: ``CommandFailure``, also where others can read the key.
    func read() throws -> Content {
        let chain = try Self.read(certificate, "DAYBOOK_TLS_CERTIFICATE")
        let secret = try Self.read(key, "DAYBOOK_TLS_KEY")
        guard try !isKeyOpen() else {
            throw CommandFailure(
                """
                Others can read the private key \(key) (DAYBOOK_TLS_KEY). Make it private: chmod 600 \(key). If others may \
                have read it already, get a new certificate with a new key.
                """)
        }
        return Content(certificate: chain, key: secret)
    }

    /// - Throws: ``CommandFailure`` with the reason in words.
    func usable(_ content: Content, at now: Date) throws -> ServerCertificate {
        let found: ServerCertificate
        do throws(UnusableCertificate) {
            found = try ServerCertificate(chain: content.certificate, key: content.key)
        } catch {
            throw CommandFailure(words(error))
        }
        guard now < found.notAfter else {
            throw CommandFailure(
                "The certificate \(certificate) expired on \(found.notAfter.ISO8601Format()). Put a new one there.")
        }
        guard found.notBefore <= now else {
            throw CommandFailure(
                """
                The certificate \(certificate) is good from \(found.notBefore.ISO8601Format()) on, and this machine's clock \
                says \(now.ISO8601Format()). Check the clock, or wait.
                """)
        }
        return found
    }

    func words(_ reason: UnusableCertificate) -> String {
        switch reason {
        case .noCertificate:
            "There is no certificate in \(certificate) (DAYBOOK_TLS_CERTIFICATE): it has to be a PEM file."
        case .noKey: "There is no private key in \(key) (DAYBOOK_TLS_KEY): it has to be a PEM file."
        case .encryptedKey:
            """
            The private key \(key) is protected by a password, which nobody could type at a restart. Write it without: \
            openssl pkey -in \(key) -out new.key
            """
        case .unknownKey:
            """
            The private key \(key) is of a kind that is not supported: it has to be RSA of 2048 bits or more, or an \
            elliptic key on P-256, P-384 or P-521.
            """
        case .otherKey:
            """
            The certificate \(certificate) and the key \(key) don't belong together. The server's own certificate has to be \
            the first in its file.
            """
        case .refused(let reason): "The certificate \(certificate) can't be used: \(reason)"
        }
    }

    private static func read(_ path: String, _ name: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw CommandFailure("\(path) can't be read (\(name)): \(String(cString: strerror(errno)))")
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            // The longest chains have some tens of kilobytes.
            return [UInt8](try file.read(upToCount: 1 << 20) ?? Data())
        } catch {
            throw CommandFailure("\(path) can't be read (\(name)): \(error)")
        }
    }

    /// Whether people for whom the key is not meant can read it.
    ///
    /// Root may let a group read its key, as Debian's ssl-cert does.
    private func isKeyOpen() throws -> Bool {
        let file = URL(filePath: key).resolvingSymlinksInPath().path
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        guard let mode = attributes[.posixPermissions] as? Int else { return true }
        let isRoots = attributes[.ownerAccountID] as? Int == 0
        return mode & (isRoots ? 0o027 : 0o077) != 0
    }
}
