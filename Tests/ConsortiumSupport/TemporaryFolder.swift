package import Foundation

/// A folder that is gone when nobody holds it any more.
package final class TemporaryFolder: Sendable {
    package let url: URL

    package init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "counterfoil-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    package func path(_ name: String) -> String { url.appending(path: name).path }

    /// Every file below, with its bytes.
    package func files() throws -> [(name: String, bytes: [UInt8])] {
        guard let walk = FileManager.default.enumerator(atPath: url.path) else { return [] }
        return try walk.compactMap { $0 as? String }.sorted().compactMap { name in
            var isFolder: ObjCBool = false
            let file = url.appending(path: name)
            guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder), !isFolder.boolValue else {
                return nil
            }
            return (name, [UInt8](try Data(contentsOf: file)))
        }
    }
}
