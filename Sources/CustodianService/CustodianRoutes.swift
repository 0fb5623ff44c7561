internal import Exchange
package import HTTPEdge
internal import Vocabulary

/// The custodian's wire interface over HTTP: routes translate, and decide nothing.
package struct CustodianRoutes: Sendable {
    /// 1,024 elements in base64, and the fields around them.
    private static let evaluationLimit = 65_536

    private let exchange: CustodianExchange
    private let authenticator: Authenticator

    package init(exchange: CustodianExchange, authenticator: Authenticator) {
        (self.exchange, self.authenticator) = (exchange, authenticator)
    }

    /// Every route, as `schemas/openapi/custodian.json` lists them.
    package var routes: [Route] {
        [
            .post("/v1/evaluations", name: "evaluate", bodyLimit: Self.evaluationLimit) { request in
                let custodian = exchange.serving(try authenticator.requester(of: request))
                let evaluation = try await custodian.evaluate(try EvaluationRequest(parsing: try request.jsonBody()))
                return .json(evaluation.json)
            },
            .get("/v1/registry", name: "registry") { _ in
                EdgeResponse(contentType: "application/json", body: exchange.registryDocument())
            },
        ]
    }
}
