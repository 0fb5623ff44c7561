internal import Glibc

extension FileSystem {
    /// The path with links and dots resolved, as far as it exists.
    package static func resolved(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            return folder(of: path) + "/" + name
        }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The folder that a file lies in, or would, with links and dots in the folder's path resolved.
    package static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return resolved(".") }
        let folder = path[..<slash]
        return folder.isEmpty ? "/" : resolved(String(folder))
    }
}
