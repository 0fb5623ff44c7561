internal import Glibc

/// What a process has used so far, as the kernel counts it (`/proc`).
package struct ProcessUsage: Sendable {
    package var cpuSeconds: Double
    package var residentBytes: Int
    package var peakResidentBytes: Int

    /// `nil` where there is no such process.
    package init?(of pid: Int32) {
        guard let stat = Self.text("/proc/\(pid)/stat"), let status = Self.text("/proc/\(pid)/status"),
            let end = stat.lastIndex(of: ")")
        else { return nil }
        // Fields 14 and 15 of the line; the name in field 2 may hold spaces, so they are counted from behind it.
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        guard fields.count > 13, let user = Double(fields[11]), let system = Double(fields[12]) else { return nil }
        cpuSeconds = (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
        residentBytes = Self.kibibytes("VmRSS:", in: status) * 1024
        peakResidentBytes = Self.kibibytes("VmHWM:", in: status) * 1024
    }

    private static func kibibytes(_ name: String, in status: String) -> Int {
        let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
        return line.flatMap { Int($0.split(whereSeparator: { $0 == " " || $0 == "\t" })[1]) } ?? 0
    }

    private static func text(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 8192)
        let count = read(descriptor, &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }

    /// The size of a file, 0 where there is none.
    static func size(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }
}
