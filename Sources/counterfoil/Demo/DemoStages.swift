import Vocabulary

/// The demo's steps, each on one line with how long it took.
struct DemoStages {
    private static let width = 76
    private let isSilent: Bool
    private let clock = ContinuousClock()
    private(set) var lines: [JSON] = []

    init(isSilent: Bool) { self.isSilent = isSilent }

    /// - Parameter work: returns what the line says once it is done.
    mutating func run<Value>(
        _ doing: String, _ work: () async throws -> (done: String, value: Value)
    ) async throws -> Value {
        let start = clock.now
        do {
            let (done, value) = try await work()
            finish("✓", done, clock.now - start, isDone: true)
            return value
        } catch {
            finish("✗", doing, clock.now - start, isDone: false)
            throw error
        }
    }

    private mutating func finish(_ mark: String, _ text: String, _ elapsed: Duration, isDone: Bool) {
        lines.append(
            .object(["stage": .string(text), "done": .bool(isDone), "milliseconds": .number(elapsed.milliseconds)]))
        guard !isSilent else { return }
        let space = String(repeating: " ", count: max(1, Self.width - text.count))
        Terminal.write("\(mark) \(text)\(space)\(elapsed.text)\n")
    }
}
