import Glibc
import Registry
import Vocabulary

/// Looks for clear text where none may be: in files' bytes and in what services say of themselves.
struct ClearTextScan {
    private let needles: [[UInt8]]
    private(set) var bytesSeen = 0
    private(set) var placesSeen = 0
    /// Where something was found.
    private(set) var findings: [String] = []

    /// - Parameter identifiers: none of them empty.
    init(_ identifiers: [String]) { needles = identifiers.map { Array($0.utf8) } }

    mutating func look(in bytes: [UInt8], of place: String) {
        bytesSeen += bytes.count
        placesSeen += 1
        if needles.contains(where: { Self.contains(bytes, $0) }) { findings.append(place) }
    }

    mutating func look(inFile path: String) throws(Problem) {
        guard FileSystem.exists(path) else { return }
        look(in: try FileSystem.read(path, as: .open, limit: 1 << 30), of: path)
    }

    /// How many of the identifiers are in there: what shows that the scan finds them where they are.
    func count(in bytes: [UInt8]) -> Int { needles.count { Self.contains(bytes, $0) } }

    private static func contains(_ bytes: [UInt8], _ needle: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { bytes in
            needle.withUnsafeBytes { needle in
                var offset = 0
                // What is read lies within `bytes`: a candidate starts early enough for the whole needle.
                guard let base = bytes.baseAddress, let word = needle.baseAddress else { return false }
                while offset + needle.count <= bytes.count {
                    let candidates = bytes.count - needle.count - offset + 1
                    guard let found = memchr(base + offset, Int32(needle[0]), candidates) else { return false }
                    if memcmp(found, word, needle.count) == 0 { return true }
                    offset = base.distance(to: found) + 1
                }
                return false
            }
        }
    }
}
