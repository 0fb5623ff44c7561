import ArgumentParser
import Glibc
import Records
import Registry
import Vocabulary

/// Where a bench or a crash test keeps its databases, and by which policy its consortium lives.
struct BenchWorkspace: ParsableArguments {
    @OptionGroup var policy: BenchPolicy

    @Option(help: ArgumentHelp("Where to make the temporary folder; on the disk to be measured.", valueName: "folder"))
    var scratch: String?

    @Flag(help: "Leave the temporary folder, with its keys and databases, where it is.")
    var keep = false

    func readPolicy() throws(Problem) -> Policy { try policy.read() }

    /// A fresh folder that only its owner can enter.
    func make() throws(Problem) -> String {
        let named = scratch ?? environment("TMPDIR") ?? "/tmp"
        guard let resolved = realpath(named, nil) else {
            throw Problem(.notFound, "There is no folder \(named).", hint: "Name another with --scratch.")
        }
        defer { free(resolved) }
        let parent = String(cString: resolved)
        var template = Array("\(parent)/counterfoil-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Problem(.storageFailed, "No folder could be made in \(parent).", hint: "Name another with --scratch.")
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    func remove(_ folder: String) {
        guard !keep else { return Terminal.note("kept: \(folder)") }
        Self.removeTree(folder)
    }

    /// Links are removed, never followed.
    private static func removeTree(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        if status.st_mode & S_IFMT == S_IFDIR, let listing = opendir(path) {
            while let entry = readdir(listing) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) { start in
                    start.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { removeTree("\(path)/\(name)") }
            }
            closedir(listing)
        }
        Glibc.remove(path)
    }
}
