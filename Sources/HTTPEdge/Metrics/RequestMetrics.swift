internal import Vocabulary

/// What a listener counts of its requests: by route, status class and error code, all of them closed lists.
struct RequestMetrics: Sendable {
    private static let classes = ["1xx", "2xx", "3xx", "4xx", "5xx"]

    /// One more than there are routes: the last stands for requests that met none.
    private let requests: [[Counter]]
    private let durations: [Histogram]
    private let errors: CounterFamily<ErrorCode>

    init(routeNames: [String], registry: MetricsRegistry) {
        let names = routeNames + ["none"]
        requests = names.map { name in
            Self.classes.map { statusClass in
                registry.counter(
                    "counterfoil_requests_total", "Requests answered, by route and status class.",
                    labels: [MetricLabel("route", name), MetricLabel("class", statusClass)])
            }
        }
        durations = names.map { name in
            registry.histogram(
                "counterfoil_request_seconds", "Time from a request's last byte to its response.",
                labels: [MetricLabel("route", name)])
        }
        errors = CounterFamily(
            "counterfoil_errors_total", "Requests refused or failed, by error code.", label: "code", in: registry)
    }

    /// - Parameter route: the route's index, or `nil` where the request met none.
    func record(route: Int?, response: EdgeResponse, duration: Duration) {
        let index = route ?? requests.count - 1
        requests[index][max(0, min(response.status / 100 - 1, Self.classes.count - 1))].add()
        durations[index].observe(duration)
        if let code = response.errorCode { errors[code].add() }
    }
}
