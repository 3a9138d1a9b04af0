// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// Style sheet, script and icon: embedded in the program, and cached by browsers until they change.
struct Assets: Sendable {
    private struct Asset: Sendable {
        let bytes: ByteBuffer
        let type: String
        let tag: String

        init(_ bytes: [UInt8], _ type: String) {
            self.bytes = ByteBuffer(bytes: bytes)
            self.type = type
            tag = String(
                Data(SHA256.hash(data: bytes).prefix(9)).base64EncodedString().filter { $0.isLetter || $0.isNumber })
        }
    }

    private let byName: [String: Asset] = [
        "daybook.css": Asset(
            PackageResources.base_css + PackageResources.queue_css + PackageResources.forms_css
                + PackageResources.people_css,
            "text/css; charset=utf-8"),
        "daybook.js": Asset(PackageResources.daybook_js, "text/javascript; charset=utf-8"),
        "icon.svg": Asset(PackageResources.icon_svg, "image/svg+xml; charset=utf-8"),
    ]

    /// The address of an asset, which changes with its bytes.
    func address(of name: String) -> String { "/assets/\(name)?v=\(byName[name]?.tag ?? "")" }

    func addRoutes(to router: Router<SiteContext>) {
        router.get("assets/{name}") { request, context in try answer(request, context) }
    }

    private func answer(_ request: Request, _ context: SiteContext) throws -> Response {
        guard let asset = byName[try context.parameters.require("name")] else {
            throw HTTPProblem.notFound("There is no such file.")
        }
        let tag = "\"\(asset.tag)\""
        var headers: HTTPFields = [
            .eTag: tag, .contentType: asset.type, .cacheControl: "public, max-age=31536000, immutable",
        ]
        if request.headers[.ifNoneMatch] == tag {
            headers[.contentType] = nil
            return Response(status: .notModified, headers: headers)
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: asset.bytes))
    }
}
