package import Vocabulary

/// One JSON document a file: reading names the file in whatever is wrong with it.
package enum DocumentFile {
    package static func read<Value>(
        _ path: String, limit: Int = 1 << 20, _ parse: (JSON) throws(FieldFailure) -> Value
    ) throws(Problem) -> Value {
        try self.parse(try FileSystem.read(path, as: .open, limit: limit), path, parse)
    }

    static func parse<Value>(
        _ bytes: [UInt8], _ path: String, _ parse: (JSON) throws(FieldFailure) -> Value
    ) throws(Problem) -> Value {
        let json: JSON
        do throws(JSONFailure) { json = try JSON(parsing: bytes) } catch {
            throw Problem(.malformedJSON, "\(path) is not JSON as it is used here: \(error).")
        }
        do throws(FieldFailure) { return try parse(json) } catch {
            let problem = Problem(error)
            throw Problem(problem.code, "\(path): \(problem.detail)", path: problem.path)
        }
    }
}
