package import Records
internal import TestSupport
internal import Vocabulary

/// The policy of `schemas/policy`, as a new consortium has it.
package func samplePolicy() throws -> Policy {
    func json(_ name: String) throws -> JSON { try JSON(parsing: try Checkout.bytes("schemas/policy/\(name).json")) }
    return try Policy.assembling(
        settings: json("default-policy"), reasonCodes: json("reason-codes"), identifierKinds: json("identifier-kinds"),
        scorecard: json("scorecard"))
}
