import Glibc
import Vocabulary

/// Standard input read to its end, with a limit.
enum StandardInput {
    static func read(limit: Int) throws(Problem) -> [UInt8] {
        if isatty(STDIN_FILENO) == 1 { Terminal.note("Reading from the terminal; end with Ctrl-D.") }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(STDIN_FILENO, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Problem(.configurationInvalid, "Standard input cannot be read.") }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= limit else {
                throw Problem(.bodyTooLarge, "Standard input has more than \(limit) bytes.")
            }
        }
    }
}
