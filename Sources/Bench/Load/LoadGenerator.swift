internal import HTTPEdge
internal import Synchronization
package import Vocabulary

/// Sends prepared requests over a fixed number of connections, each as soon as the one before it is answered.
package struct LoadGenerator: Sendable {
    package let connections: Int
    private let client: HTTPClient

    package init(connections: Int) throws(Problem) {
        var configuration = HTTPClient.Configuration()
        configuration.connectionsPerOrigin = connections
        self.connections = connections
        client = try HTTPClient(configuration)
    }

    /// - Parameter seconds: after which no further request is begun.
    package func send(_ prepared: PreparedRequests, within seconds: Double = .infinity) async -> LoadResult {
        let next = Ticket()
        let start = Stopwatch.Clock.wall.seconds
        let cpu = Stopwatch.Clock.processCPU.seconds
        var result = LoadResult()
        await withTaskGroup(of: LoadResult.self) { tasks in
            for _ in 0..<connections {
                tasks.addTask { await worker(prepared.requests, next, until: start + seconds) }
            }
            for await part in tasks { result.merge(part) }
        }
        result.seconds = Stopwatch.Clock.wall.seconds - start
        result.clientCPUSeconds = Stopwatch.Clock.processCPU.seconds - cpu
        return result
    }

    private func worker(_ requests: [ClientRequest], _ next: Ticket, until end: Double) async -> LoadResult {
        var result = LoadResult()
        while Stopwatch.Clock.wall.seconds < end {
            let number = next.take()
            guard number < requests.count else { break }
            let start = Stopwatch.Clock.wall.seconds
            do throws(ClientFailure) {
                result.record(try await client.send(requests[number]), since: start)
            } catch {
                result.failures["\(error)", default: 0] += 1
            }
        }
        return result
    }

    package func shutDown() { client.shutDown() }
}

/// Hands out 0, 1, 2 … to whoever asks.
private final class Ticket: Sendable {
    private let next = Atomic(0)

    func take() -> Int { next.wrappingAdd(1, ordering: .relaxed).oldValue }
}

/// What came back.
package struct LoadResult: Sendable {
    /// Of the requests that were answered with 2xx, in seconds.
    package private(set) var latencies: [Double] = []
    package internal(set) var failures: [String: Int] = [:]
    package internal(set) var seconds = 0.0
    package internal(set) var clientCPUSeconds = 0.0

    package var count: Int { latencies.count }
    package var perSecond: Double { Double(count) / seconds }

    /// - Parameter share: 0.5 for the median, 0.99 for the 99th percentile.
    package func latency(_ share: Double) -> Double {
        let sorted = latencies.sorted()
        return sorted.isEmpty ? .nan : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }

    mutating func record(_ response: ClientResponse, since start: Double) {
        if (200...299).contains(response.status) {
            latencies.append(Stopwatch.Clock.wall.seconds - start)
        } else {
            let problem = (try? JSON(parsing: response.body)).flatMap { Problem(json: $0) }
            failures[problem?.code.rawValue ?? "status \(response.status)", default: 0] += 1
        }
    }

    mutating func merge(_ other: LoadResult) {
        latencies += other.latencies
        failures.merge(other.failures, uniquingKeysWith: +)
    }

    /// A bench whose requests are refused measures nothing.
    package func requireAllAccepted(_ what: String) throws(Problem) {
        guard failures.isEmpty, count > 0 else {
            let list = failures.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }.joined(separator: ", ")
            throw Problem(.internalError, "Not all \(what) were accepted: \(list.isEmpty ? "none was sent" : list).")
        }
    }
}
