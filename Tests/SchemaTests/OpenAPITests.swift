import CustodianService
import HTTPEdge
import NodeService
import Registry
import TestSupport
import Testing
import Vocabulary

/// What OpenAPI describes is what the services serve.
@Suite("OpenAPI")
struct OpenAPITests {
    enum Service: String, CaseIterable, CustomTestStringConvertible {
        case node, custodian

        var testDescription: String { rawValue }

        func routes() throws -> [Route] {
            let exchange = try SampleExchange()
            let registry = RegistryFollower(exchange.sample.chain)
            let authenticator = Authenticator(registry: registry, address: { $0.node.url }, now: { SampleExchange.now })
            let shared = ServiceRoutes.routes(metrics: MetricsRegistry(), readiness: {})
            switch self {
            case .node: return NodeRoutes(node: exchange.node, authenticator: authenticator).routes + shared
            case .custodian:
                let custodian = try SampleCustodian(of: exchange.sample).exchange
                return CustodianRoutes(exchange: custodian, authenticator: authenticator).routes + shared
            }
        }
    }

    /// One method of one path.
    struct Operation {
        let method: String
        let path: String
        let json: JSON

        /// As our routes are written: what stands in braces at the end is captured.
        var pattern: String {
            guard let brace = path.firstIndex(of: "{") else { return path }
            return path[..<brace] + "*"
        }
    }

    private static func document(_ service: Service) throws -> JSON {
        try JSON(parsing: Checkout.bytes("schemas/openapi/\(service.rawValue).json"))
    }

    private static func operations(_ service: Service) throws -> [Operation] {
        try (try document(service)["paths"]?.members ?? []).flatMap { path in
            try (path.value.members ?? []).map { method in
                try #require(["get", "post"].contains(method.name))
                return Operation(method: method.name.uppercased(), path: path.name, json: method.value)
            }
        }
    }

    @Test("every route is described, and everything described is served", arguments: Service.allCases)
    func sameRoutes(service: Service) throws {
        let described = try Self.operations(service).map { operation in
            "\(operation.method) \(operation.pattern) \(operation.json["operationId"]?.string ?? "")"
        }
        let served = try service.routes().map { "\($0.method) \($0.pattern) \($0.name)" }
        #expect(described.sorted() == served.sorted())
    }

    @Test("a body's limit is the one described", arguments: Service.allCases)
    func sameLimits(service: Service) throws {
        let routes = try service.routes()
        for operation in try Self.operations(service) {
            let route = try #require(routes.first { $0.pattern == operation.pattern && $0.method == operation.method })
            #expect(Int64(route.bodyLimit) == operation.json["x-bodyLimit"]?.integer ?? 0, "\(operation.path)")
            #expect((operation.json["requestBody"] != nil) == (route.bodyLimit > 0), "\(operation.path)")
        }
    }

    @Test("every error described exists, can come from this service and has its status", arguments: Service.allCases)
    func errors(service: Service) throws {
        let list = try #require(try JSON(parsing: Checkout.bytes("schemas/errors.json"))["errors"]?.array)
        for operation in try Self.operations(service) {
            let codes = try #require(operation.json["x-errors"]?.array).compactMap(\.string)
            #expect(Set(codes).count == codes.count)
            for code in codes {
                #expect(ErrorCode(rawValue: code) != nil, "\(operation.path): \(code)")
                let entry = list.first { $0["code"]?.string == code }
                #expect(
                    entry?["from"]?.array?.contains(.string(service.rawValue)) == true, "\(operation.path): \(code)")
            }
            let statuses = Set(codes.compactMap { ErrorCode(rawValue: $0).map { String($0.status) } } + ["200"])
            #expect(
                Set(try #require(operation.json["responses"]?.members).map(\.name)) == statuses, "\(operation.path)")
        }
    }

    @Test("what is signed says so and lists the refusals of a signature", arguments: Service.allCases)
    func signed(service: Service) throws {
        let refusals: [ErrorCode] = [
            .unauthenticated, .wrongDigest, .clockSkew, .staleRequest, .unknownKey, .suspendedMember, .badSignature,
            .replayedNonce,
        ]
        for operation in try Self.operations(service) {
            let isSigned = operation.json["security"]?.array?.isEmpty == false
            let members = ["/v1/receipts/", "/v1/notices", "/v1/furnishing", "/v1/outcomes", "/v1/rings"]
            let isOurs = operation.method == "POST" || members.contains { operation.path.hasPrefix($0) }
            #expect(isSigned == isOurs, "\(operation.path)")
            for code in refusals {
                let isListed = operation.json["x-errors"]?.array?.contains(.string(code.rawValue)) == true
                #expect(isListed == isSigned, "\(operation.path): \(code.rawValue)")
            }
        }
    }

    @Test("every path parameter is described, and every response has a schema", arguments: Service.allCases)
    func complete(service: Service) throws {
        #expect(try Self.document(service)["openapi"] == "3.1.0")
        for operation in try Self.operations(service) {
            let named = operation.path.matches(of: /\{([a-z]+)\}/).map { String($0.output.1) }
            let parameters = operation.json["parameters"]?.array ?? []
            let inPath = parameters.filter { $0["in"] == "path" }.compactMap { $0["name"]?.string }
            #expect(named == inPath)
            let content = operation.json["responses"]?["200"]?["content"]?.members
            #expect(content?.count == 1 && content?.first?.value["schema"] != nil, "\(operation.path)")
            for text in ["operationId", "summary", "description"] { #expect(operation.json[text]?.string != nil) }
        }
    }
}
