/// What every service answers beside its own routes: is it alive, can it work, what has it counted.
package enum ServiceRoutes {
    /// - Parameter readiness: throws the problem that keeps the service from its work now.
    package static func routes(
        metrics: MetricsRegistry, readiness: @escaping @Sendable () async throws -> Void
    ) -> [Route] {
        [
            .get("/healthz", name: "health") { _ in .text("ok\n") },
            .get("/readyz", name: "readiness") { _ in
                try await readiness()
                return .text("ready\n")
            },
            .get("/metrics", name: "metrics") { _ in
                EdgeResponse(
                    contentType: "text/plain; version=0.0.4; charset=utf-8", body: Array(metrics.text.utf8))
            },
        ]
    }
}
