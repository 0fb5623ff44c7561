package import Foundation

/// Official test vectors and data sets, which stand in a folder shared by several checkouts.
///
/// A test that reads one is marked `.enabled(if: Vectors.isPresent, Comment(rawValue: Vectors.note))`, so that it is
/// visibly skipped elsewhere.
package enum Vectors {
    package static let note = "needs ../shared"

    /// The environment's `COUNTERFOIL_SHARED`, else `shared` beside the checkout.
    package static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["COUNTERFOIL_SHARED"], !path.isEmpty {
            return URL(filePath: path, directoryHint: .isDirectory)
        }
        return Checkout.folder.deletingLastPathComponent().appending(path: "shared", directoryHint: .isDirectory)
    }()

    package static let isPresent = FileManager.default.fileExists(atPath: folder.appending(path: "vectors").path)

    /// - Parameter path: relative to the shared folder, such as `vectors/merkle`.
    package static func file(_ path: String) -> URL { folder.appending(path: path) }

    package static func bytes(_ path: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: file(path))) }

    /// Reads a vector file with a general JSON reader: vectors hold fractions and other things that our own refuses.
    package static func json(_ path: String) throws -> Vector {
        Vector(try JSONSerialization.jsonObject(with: Data(contentsOf: file(path)), options: [.fragmentsAllowed]))
    }

    /// Every file below a folder of the shared one whose name ends so, as paths relative to the shared folder, sorted.
    package static func files(under path: String, suffix: String = ".json") -> [String] {
        let root = file(path)
        guard let walk = FileManager.default.enumerator(atPath: root.path) else { return [] }
        return walk.compactMap { $0 as? String }.filter { $0.hasSuffix(suffix) }.sorted().map { path + "/" + $0 }
    }
}
