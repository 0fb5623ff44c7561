package import Records
package import Vocabulary

/// Reads a policy from one whole document, or from a folder where the long lists and the scorecard are files of
/// their own.
package enum PolicyFile {
    private static let settings = "default-policy.json"

    /// - Parameter path: a policy document, or a folder such as `schemas/policy`.
    package static func read(_ path: String) throws(Problem) -> Policy {
        guard FileSystem.isFolder(path) else { return try DocumentFile.read(path, parse) }
        let settings = try document("\(path)/\(settings)")
        let codes = try document("\(path)/reason-codes.json")
        let kinds = try document("\(path)/identifier-kinds.json")
        let scorecard = try document("\(path)/scorecard.json")
        do throws(FieldFailure) {
            return try Policy.assembling(
                settings: settings, reasonCodes: codes, identifierKinds: kinds, scorecard: scorecard)
        } catch {
            throw Problem(.invalidField, "The policy in \(path) is not valid. \(error)", path: error.path)
        }
    }

    private static func parse(_ json: JSON) throws(FieldFailure) -> Policy { try Policy(json) }

    private static func document(_ path: String) throws(Problem) -> JSON {
        try DocumentFile.read(path) { (json) throws(FieldFailure) in json }
    }
}
