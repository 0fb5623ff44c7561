package import Exchange
package import HTTPEdge
internal import Records
internal import Registry
internal import TransparencyLog
package import Vocabulary

/// The node's wire interface over HTTP: routes translate, and decide nothing.
package struct NodeRoutes: Sendable {
    private let node: NodeExchange
    private let authenticator: Authenticator
    /// DESIGN §10: 4 MiB a submission, and what base64 and the envelope add to it.
    private static let submissionLimit = 8 << 20
    /// WIRE: 4 MiB a batch of checks, and the same.
    private static let batchLimit = 8 << 20
    private static let checkLimit = 1 << 20

    package init(node: NodeExchange, authenticator: Authenticator) {
        (self.node, self.authenticator) = (node, authenticator)
    }

    /// Every route, as `schemas/openapi/node.json` lists them.
    package var routes: [Route] {
        furnishing + asking + noticing + published + RingRoutes(node: node, authenticator: authenticator).routes
    }

    private var furnishing: [Route] {
        [
            .post("/v1/submissions", name: "submit", bodyLimit: Self.submissionLimit) { request in
                let node = try session(of: request)
                let outcome = try await node.submit(try SealedRequest(parsing: try request.jsonBody()))
                return .json(outcome.json)
            },
            .get("/v1/receipts/*", name: "receipt") { request in
                let node = try session(of: request)
                guard let submission = try? RecordID(request.tail) else {
                    throw Problem(.notFound, "A receipt is asked for by its submission's id.")
                }
                return .json(try await node.receipt(of: submission).json)
            },
            .get("/v1/furnishing", name: "furnishing") { request in
                .json(try await session(of: request).furnishing())
            },
            .get("/v1/outcomes", name: "outcomes") { request in
                .json(try await session(of: request).outcomes())
            },
        ]
    }

    private var asking: [Route] {
        [
            signed("/v1/checks", name: "check", bodyLimit: Self.checkLimit) { node, request in
                try await node.check(request).json
            },
            signed("/v1/batches", name: "batch", bodyLimit: Self.batchLimit) { node, request in
                try await node.check(batch: request).json
            },
            signed("/v1/reservations", name: "reserve", bodyLimit: Self.checkLimit) { node, request in
                try await node.reserve(request).json
            },
            signed("/v1/watches", name: "watch", bodyLimit: Self.checkLimit) { node, request in
                try await node.watch(request).json
            },
        ]
    }

    private var noticing: [Route] {
        [
            .get("/v1/notices", name: "notices") { request in
                let query = try NoticeQuery(parsing: request.query)
                let page = try await session(of: request).notices(
                    after: query.after, wait: .seconds(query.waitSeconds), limit: query.limit)
                return .json(page.json)
            },
            .get("/v1/notices/stream", name: "streamNotices") { request in
                let query = try NoticeQuery(parsing: request.query, fields: ["after"])
                let requester = try authenticator.requester(of: request)
                let pages = try await node.noticeStream(after: query.after, from: requester)
                return .events(
                    EdgeStream(
                        pages.map { page in
                            ServerSentEvent(
                                event: "notices", id: String(page.cursor),
                                data: String(decoding: page.envelope.json.bytes, as: UTF8.self)
                            ).bytes
                        }))
            },
            signed("/v1/notices/acknowledgements", name: "acknowledge", bodyLimit: Self.checkLimit) { node, request in
                try await node.acknowledge(request).json
            },
            .get("/v1/notices/unacknowledged", name: "unacknowledged") { request in
                .json(try await node.unacknowledged(from: try authenticator.admin(of: request)))
            },
        ]
    }

    private var published: [Route] {
        [
            .get("/v1/registry", name: "registry") { _ in
                EdgeResponse(contentType: "application/json", body: node.registry.chain.document)
            },
            .get("/v1/log/checkpoint", name: "checkpoint") { _ in .text(try node.latestCheckpoint()) },
            .get("/v1/log/*", name: "tile") { request in try await tile(request.tail) },
        ]
    }

    /// A route that takes a signed document and answers with JSON.
    private func signed(
        _ path: String, name: String, bodyLimit: Int,
        answer: @escaping @Sendable (any Node, SealedRequest) async throws -> JSON
    ) -> Route {
        .post(path, name: name, bodyLimit: bodyLimit) { request in
            let node = try session(of: request)
            return .json(try await answer(node, try SealedRequest(parsing: try request.jsonBody())))
        }
    }

    private func session(of request: EdgeRequest) throws(Problem) -> some Node {
        node.serving(try authenticator.requester(of: request))
    }

    /// A tile of the published tree, full or partial, as C2SP tlog-tiles names it.
    private func tile(_ path: String) async throws(Problem) -> EdgeResponse {
        guard let address = try? TileAddress(path: path) else {
            throw Problem(.notFound, "There is no tile of this name.")
        }
        guard let tile = try await node.publishedTile(address) else {
            throw Problem(.notFound, "The published tree has no such tile.")
        }
        return EdgeResponse(contentType: "application/octet-stream", body: tile.bytes)
    }
}

extension NodeExchange {
    /// A tile under the latest checkpoint; what is stored but not yet signed over is not shown.
    func publishedTile(_ address: TileAddress) async throws(Problem) -> Tile? {
        let tree = sequencer.log.latest.tree
        if let partial = tree.partialTile(address) { return partial }
        guard tree.size >> UInt64(8 * (address.level + 1)) > address.index else { return nil }
        return try await tile(address.full).map { $0.prefix(address.width) }
    }
}
