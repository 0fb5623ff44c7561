#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif
internal import Vocabulary

/// A certificate chain and its private key, both PEM files.
package struct TLSFiles: Sendable, Equatable {
    package let certificateChain: String
    package let privateKey: String

    package init(certificateChain: String, privateKey: String) {
        (self.certificateChain, self.privateKey) = (certificateChain, privateKey)
    }

    /// What a change of the files changes.
    struct Stamp: Equatable, Sendable {
        private let parts: [Int]

        fileprivate init(_ statuses: [stat]) {
            parts = statuses.flatMap { status in
                #if canImport(Glibc)
                    let modified = status.st_mtim
                #else
                    let modified = status.st_mtimespec
                #endif
                return [Int(status.st_ino), Int(status.st_size), modified.tv_sec, modified.tv_nsec]
            }
        }
    }

    /// - Throws: `configurationInvalid` for a missing file, `secretFileExposed` for a key that others may read.
    func stamp() throws(Problem) -> Stamp {
        let chain = try Self.status(of: certificateChain, what: "The certificate file")
        let key = try Self.status(of: privateKey, what: "The certificate's key file")
        guard key.st_mode & 0o077 == 0 else {
            throw Problem(
                .secretFileExposed, "The certificate's key file can be read by others.",
                hint: "Run chmod 600 on it.")
        }
        return Stamp([chain, key])
    }

    private static func status(of path: String, what: String) throws(Problem) -> stat {
        var status = stat()
        guard stat(path, &status) == 0 else { throw Problem(.configurationInvalid, "\(what) cannot be read.") }
        return status
    }
}
