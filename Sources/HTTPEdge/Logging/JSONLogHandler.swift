package import Logging
package import Vocabulary

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Writes log lines as JSON objects, one a line, with bounded fields; to standard error unless told otherwise.
package struct JSONLogHandler: LogHandler {
    static let maximumFields = 24
    static let maximumValueLength = 256

    package var logLevel: Logger.Level = .info
    package var metadata: Logger.Metadata = [:]
    private let label: String
    private let sink: @Sendable ([UInt8]) -> Void
    private let now: @Sendable () -> Instant

    /// - Parameter write: takes one whole line with its newline; called from many threads.
    package init(
        label: String, now: @escaping @Sendable () -> Instant = SystemTime.now,
        write: @escaping @Sendable ([UInt8]) -> Void = JSONLogHandler.writeToStandardError
    ) {
        (self.label, self.now, sink) = (label, now, write)
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var members = [
            JSON.Member("time", .string(now().description)), JSON.Member("level", .string(event.level.rawValue)),
            JSON.Member("logger", .string(label)), JSON.Member("message", bounded(event.message.description)),
        ]
        let fields = metadata.merging(event.metadata ?? [:]) { _, new in new }
        for (name, value) in fields.sorted(by: { $0.key < $1.key }).prefix(Self.maximumFields) {
            members.append(JSON.Member(String(name.prefix(64)), bounded(value.description)))
        }
        sink(JSON.object(members).bytes + [UInt8(ascii: "\n")])
    }

    private func bounded(_ text: String) -> JSON {
        text.utf8.count <= Self.maximumValueLength
            ? .string(text) : .string(String(text.prefix(Self.maximumValueLength)) + "…")
    }

    /// One `write(2)` a line, so that lines of several threads do not mix.
    package static func writeToStandardError(_ line: [UInt8]) {
        line.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = write(2, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                guard written > 0 || errno == EINTR else { return }
                rest = rest.dropFirst(max(0, written))
            }
        }
    }
}

/// The wall clock, for compositions to inject; nothing below the edge asks it.
package enum SystemTime {
    package static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
