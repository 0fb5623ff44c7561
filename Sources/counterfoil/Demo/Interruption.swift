import UnixSignals

/// Ctrl-C and SIGTERM as something that can be awaited, so that what was started is ended first.
enum Interruption {
    /// Runs the work until it is done or somebody asks the process to end.
    ///
    /// - Throws: `CancellationError` in the latter case, once the work has cleaned up.
    static func guarding<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask(operation: work)
            group.addTask {
                for await _ in signals { break }
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let value = first else {
                group.cancelAll()
                while (try? await group.next()) != nil {}
                throw CancellationError()
            }
            return value
        }
    }
}
