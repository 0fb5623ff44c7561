/// One line of `graph_peers.py`: a flat JSON object, with fractions that our own reader refuses.
struct PeerLine: Sendable {
    let peer: String
    let version: String
    let buildSeconds: Double
    let componentSeconds: Double
    /// Of the whole process at its most, and before it began to build.
    let peakMebibytes: Double
    let baseMebibytes: Double
    let components: Int
    let largest: Int
    let checksum: UInt64

    /// `nil` for a line that says that a peer failed or took too long, and for anything else.
    init?(_ line: String) {
        let fields = Self.fields(of: line)
        guard let peer = fields["peer"], let version = fields["version"],
            let build = fields["build_s"].flatMap(Double.init), let spent = fields["cc_s"].flatMap(Double.init),
            let peak = fields["peak_MiB"].flatMap(Double.init), let base = fields["base_MiB"].flatMap(Double.init),
            let components = fields["components"].flatMap({ Int($0) }),
            let largest = fields["largest"].flatMap({ Int($0) }),
            let checksum = fields["checksum"].flatMap({ UInt64($0) })
        else { return nil }
        (self.peer, self.version) = (peer, version)
        (buildSeconds, componentSeconds, peakMebibytes, baseMebibytes) = (build, spent, peak, base)
        (self.components, self.largest, self.checksum) = (components, largest, checksum)
    }

    /// Names and values without quotation marks; peers' lines have neither commas nor colons inside them.
    private static func fields(of line: String) -> [String: String] {
        guard line.hasPrefix("{"), line.hasSuffix("}") else { return [:] }
        var fields: [String: String] = [:]
        for member in line.dropFirst().dropLast().split(separator: ",") {
            let parts = member.split(separator: ":").map { $0.filter { $0 != " " && $0 != "\"" } }
            if parts.count == 2 { fields[parts[0]] = parts[1] }
        }
        return fields
    }
}
