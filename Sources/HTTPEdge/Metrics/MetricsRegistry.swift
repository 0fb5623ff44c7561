internal import Synchronization

/// The metrics of one process, as `/metrics` shows them (Prometheus text format 0.0.4).
package final class MetricsRegistry: Sendable {
    private enum Instrument: Sendable {
        case counter(Counter)
        case gauge(Gauge)
        case histogram(Histogram)

        var typeName: String {
            switch self {
            case .counter: "counter"
            case .gauge: "gauge"
            case .histogram: "histogram"
            }
        }
    }

    private struct Family: Sendable {
        let name: String
        let help: String
        var series: [(labels: [MetricLabel], instrument: Instrument)]
    }

    private static let maximumSeries = 4096
    private let families = Mutex<[Family]>([])

    package init() {}

    package func counter(_ name: String, _ help: String, labels: [MetricLabel] = []) -> Counter {
        let counter = Counter()
        add(name, help, labels, .counter(counter))
        return counter
    }

    package func gauge(_ name: String, _ help: String, labels: [MetricLabel] = []) -> Gauge {
        let gauge = Gauge()
        add(name, help, labels, .gauge(gauge))
        return gauge
    }

    package func histogram(_ name: String, _ help: String, labels: [MetricLabel] = []) -> Histogram {
        let histogram = Histogram()
        add(name, help, labels, .histogram(histogram))
        return histogram
    }

    private func add(_ name: String, _ help: String, _ labels: [MetricLabel], _ instrument: Instrument) {
        families.withLock { families in
            let count = families.reduce(0) { $0 + $1.series.count }
            precondition(count < Self.maximumSeries, "Metrics are made at the start, from closed lists.")
            if let index = families.firstIndex(where: { $0.name == name }) {
                families[index].series.append((labels, instrument))
            } else {
                families.append(Family(name: name, help: help, series: [(labels, instrument)]))
            }
        }
    }

    /// All series, families in the order they were made.
    package var text: String {
        families.withLock { $0 }.map(Self.text(of:)).joined()
    }

    private static func text(of family: Family) -> String {
        guard let typeName = family.series.first?.instrument.typeName else { return "" }
        var text = "# HELP \(family.name) \(family.help)\n# TYPE \(family.name) \(typeName)\n"
        for (labels, instrument) in family.series {
            switch instrument {
            case .counter(let counter): text += line(family.name, labels, "\(counter.value)")
            case .gauge(let gauge): text += line(family.name, labels, "\(gauge.value)")
            case .histogram(let histogram): text += lines(family.name, labels, histogram.reading)
            }
        }
        return text
    }

    private static func lines(_ name: String, _ labels: [MetricLabel], _ reading: Histogram.Reading) -> String {
        var text = ""
        var count = 0
        for (bound, bucketCount) in zip(Histogram.bounds.map(\.label) + ["+Inf"], reading.counts) {
            count += bucketCount
            text += line("\(name)_bucket", labels + [MetricLabel("le", bound)], "\(count)")
        }
        let seconds = Double(reading.microseconds) / 1_000_000
        return text + line("\(name)_sum", labels, "\(seconds)") + line("\(name)_count", labels, "\(count)")
    }

    private static func line(_ name: String, _ labels: [MetricLabel], _ value: String) -> String {
        let pairs = labels.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ",")
        return pairs.isEmpty ? "\(name) \(value)\n" : "\(name){\(pairs)} \(value)\n"
    }
}
