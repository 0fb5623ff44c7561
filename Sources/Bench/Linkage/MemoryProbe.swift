internal import Glibc

/// What this process holds of the machine's memory, and what the machine has left (`/proc`).
enum MemoryProbe {
    static var residentBytes: Int { ProcessUsage(of: getpid())?.residentBytes ?? 0 }
    static var peakBytes: Int { ProcessUsage(of: getpid())?.peakResidentBytes ?? 0 }

    /// Lets the peak count from now on; where the kernel does not let us, it counts from the start.
    static func resetPeak() {
        let descriptor = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        keep(write(descriptor, "5", 1))
        close(descriptor)
    }

    /// Bytes that the machine can still give; 0 where it does not say.
    static var availableBytes: Int {
        guard let text = text("/proc/meminfo"),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("MemAvailable:") }),
            let kibibytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return 0 }
        return kibibytes * 1024
    }

    private static func text(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }
}
