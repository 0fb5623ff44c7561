import Glibc
import Registry
import Vocabulary

/// What lies below a folder that this program made.
enum FolderListing {
    private static let maximumDepth = 8

    static func files(below folder: String) throws(Problem) -> [String] {
        try files(below: folder, depth: 0)
    }

    private static func files(below folder: String, depth: Int) throws(Problem) -> [String] {
        guard depth < maximumDepth else {
            throw Problem(.configurationInvalid, "The folder \(folder) is nested too deeply.")
        }
        var files: [String] = []
        for path in try entries(of: folder) {
            files += FileSystem.isFolder(path) ? try self.files(below: path, depth: depth + 1) : [path]
        }
        return files
    }

    /// Takes the folder away with all that is in it; links are removed, not followed.
    static func remove(_ folder: String) {
        for path in (try? entries(of: folder)) ?? [] where unlink(path) != 0 { remove(path) }
        rmdir(folder)
    }

    private static func entries(of folder: String) throws(Problem) -> [String] {
        guard let handle = opendir(folder) else {
            throw Problem(.configurationInvalid, "The folder \(folder) cannot be read.")
        }
        defer { closedir(handle) }
        var paths: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { paths.append("\(folder)/\(name)") }
        }
        return paths
    }
}
