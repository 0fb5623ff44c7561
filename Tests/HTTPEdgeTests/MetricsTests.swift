import HTTPEdge
import Logging
import Synchronization
import Testing
import Vocabulary

@Suite("Metrics, health and logs")
struct MetricsTests {
    @Test("the text is Prometheus's: help, type, series, buckets added up")
    func text() {
        let registry = MetricsRegistry()
        registry.counter("c_total", "Counts.", labels: [MetricLabel("route", "x")]).add(3)
        let gauge = registry.gauge("g", "Level.")
        gauge.set(5)
        gauge.add(-2)
        let histogram = registry.histogram("h_seconds", "Time.")
        for milliseconds in [0, 1, 3, 20_000] { histogram.observe(.milliseconds(milliseconds)) }
        let lines = registry.text.split(separator: "\n")
        #expect(lines.prefix(3) == ["# HELP c_total Counts.", "# TYPE c_total counter", #"c_total{route="x"} 3"#])
        #expect(lines.contains("g 3"))
        #expect(lines.contains(#"h_seconds_bucket{le="0.0005"} 1"#))
        #expect(lines.contains(#"h_seconds_bucket{le="0.001"} 2"#))
        #expect(lines.contains(#"h_seconds_bucket{le="10"} 3"#))
        #expect(lines.contains(#"h_seconds_bucket{le="+Inf"} 4"#))
        #expect(lines.contains("h_seconds_sum 20.004") && lines.contains("h_seconds_count 4"))
    }

    @Test("a family of a closed list has all of it from the start")
    func family() {
        let registry = MetricsRegistry()
        let family = CounterFamily<KeyClass>("k_total", "Keys.", label: "class", in: registry)
        family[.phone].add()
        #expect(registry.text.split(separator: "\n").count == 2 + KeyClass.allCases.count)
        #expect(registry.text.contains(#"k_total{class="phone"} 1"#))
        #expect(registry.text.contains(#"k_total{class="card"} 0"#))
    }

    @Test("requests are counted by route, status class and error code, and asked paths make no series")
    func requests() async throws {
        let metrics = MetricsRegistry()
        let routes = LimitTests.routes + ServiceRoutes.routes(metrics: metrics) {}
        try await Harness.run(routes) { harness in
            _ = try await harness.get("/ok")
            let before = harness.registry.text.split(separator: "\n").count
            for number in 0..<50 { _ = try await harness.get("/unknown/\(number)") }
            let text = harness.registry.text
            #expect(text.split(separator: "\n").count == before)
            #expect(text.contains(#"counterfoil_requests_total{route="ok",class="2xx"} 1"#))
            #expect(text.contains(#"counterfoil_requests_total{route="none",class="4xx"} 50"#))
            #expect(text.contains(#"counterfoil_errors_total{code="notFound"} 50"#))
            #expect(text.contains(#"counterfoil_request_seconds_count{route="ok"} 1"#))
            #expect(!text.contains("unknown/"))
        }
    }

    @Test("health, readiness and metrics are routes of the same listener")
    func serviceRoutes() async throws {
        let isReady = Mutex(true)
        let metrics = MetricsRegistry()
        _ = metrics.counter("own_total", "Own.")
        let routes = ServiceRoutes.routes(metrics: metrics) {
            if !isReady.withLock({ $0 }) { throw Problem(.registryStale, "The registry is too old.") }
        }
        try await Harness.run(routes) { harness in
            let health = try await harness.get("/healthz")
            #expect(health.status == 200)
            let ready = try await harness.get("/readyz")
            #expect(ready.status == 200)
            isReady.withLock { $0 = false }
            let unready = try await harness.get("/readyz")
            #expect(unready.status == 503)
            let text = try await harness.get("/metrics")
            #expect(String(decoding: text.body, as: UTF8.self).contains("own_total 0"))
            #expect(text.headers["content-type"]?.hasPrefix("text/plain; version=0.0.4") == true)
        }
    }

    @Test("a log line is one JSON object with bounded fields")
    func logLine() throws {
        let lines = LogLines()
        var logger = lines.logger
        logger[metadataKey: "service"] = "node"
        var metadata: Logger.Metadata = [:]
        for number in 0..<100 { metadata["field\(number)"] = .string(String(repeating: "\"\n", count: 400)) }
        logger.warning("first\nsecond", metadata: metadata)
        logger.debug("not written")
        let line = try #require(lines.all.first)
        #expect(lines.all.count == 1)
        #expect(line.hasSuffix("}\n") && line.dropLast().allSatisfy { !$0.isNewline })
        #expect(line.utf8.count < 20_000)
        let json = try JSON(parsing: line)
        #expect(json["level"] == "warning" && json["message"] == "first\nsecond")
        #expect(json["time"] == .string(Harness.noon.description))
        #expect(json.members?.count == 28)
    }
}
