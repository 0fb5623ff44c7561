import Glibc
import Vocabulary

/// A text file read line by line, of any size.
struct LineFile: ~Copyable {
    private let file: UnsafeMutablePointer<FILE>
    private var buffer: UnsafeMutablePointer<CChar>?
    private var capacity = 0

    init(_ path: String) throws(Problem) {
        guard let file = fopen(path, "re") else {
            throw Problem(.notFound, "\(path) cannot be read.", hint: "`counterfoil simulate --out` writes it.")
        }
        self.file = file
    }

    deinit {
        fclose(file)
        free(buffer)
    }

    /// The next line without its end; `nil` after the last.
    mutating func next() -> [UInt8]? {
        let count = getline(&buffer, &capacity, file)
        guard count >= 0, let buffer else { return nil }
        let line = UnsafeRawBufferPointer(start: buffer, count: count)
        return Array(line.last == UInt8(ascii: "\n") ? line.dropLast() : line[...])
    }
}

/// A new text file, written in large pieces.
struct TextFile: ~Copyable {
    private let file: UnsafeMutablePointer<FILE>
    private let path: String

    init(_ path: String) throws(Problem) {
        guard let file = fopen(path, "we") else { throw Problem(.storageFailed, "\(path) cannot be written.") }
        (self.file, self.path) = (file, path)
    }

    deinit { fclose(file) }

    func write(_ bytes: [UInt8]) throws(Problem) {
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count, fputc(10, file) == 10 else {
            throw Problem(.storageFailed, "\(path) cannot be written.")
        }
    }

    /// - Throws: `storageFailed` where the rest does not reach the file.
    func finish() throws(Problem) {
        guard fflush(file) == 0 else { throw Problem(.storageFailed, "\(path) cannot be written.") }
    }
}
