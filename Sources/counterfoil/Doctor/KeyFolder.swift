import Glibc
import Registry
import Vocabulary

/// The node's folder of data keys, looked at from outside.
struct KeyFolder {
    private let path: String

    init(_ path: String) { self.path = path }

    /// - Throws: what would keep the node from starting, or the database from being read.
    func examined(database: String, mode: ConsortiumMode) throws(Problem) -> String {
        guard FileSystem.isFolder(path) else {
            guard !FileSystem.exists(database) else {
                throw Problem(
                    .configurationInvalid, "There is a database, and not the folder of its keys.",
                    hint: "Mount the keys' volume, or restore the folder from its backup.")
            }
            return "not made yet; the first start makes it"
        }
        let keys = try FolderListing.files(below: path).filter { $0.hasSuffix(".key") }
        for key in keys { _ = try FileSystem.read(key, as: .secret) }
        let isApart = Self.isApart(path, from: database)
        guard isApart || mode == .demo else {
            throw Problem(
                .keysBesideDatabase, "The key folder lies beside the database: whoever copies one has both.",
                hint: "Put the keys on another volume.")
        }
        let place = isApart ? "apart from the database" : "beside the database (demo mode)"
        return "\(keys.count) keys, for their owner alone, \(place)"
    }

    private static func isApart(_ keys: String, from database: String) -> Bool {
        let folder = database.lastIndex(of: "/").map { String(database[...$0]) } ?? "."
        guard let keys = resolved(keys), let folder = resolved(folder) else { return true }
        return keys != folder && !keys.hasPrefix(folder + "/") && !folder.hasPrefix(keys + "/")
    }

    private static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
