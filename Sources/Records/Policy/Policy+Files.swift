package import Vocabulary

extension Policy {
    /// The policy put together from its four files in `schemas/policy/`: the settings, which leave out the two lists
    /// and the scorecard, and these, which stand in files of their own so that nothing is written down twice.
    ///
    /// The registry carries the whole, which `init(_:path:)` reads.
    package static func assembling(
        settings: JSON, reasonCodes: JSON, identifierKinds: JSON, scorecard: JSON
    ) throws(FieldFailure) -> Policy {
        guard case .object(let members) = settings else {
            throw FieldFailure(path: "policy", rule: .wrongType(expected: "an object"))
        }
        let apart = [
            JSON.Member("reasonCodes", reasonCodes), JSON.Member("identifierKinds", identifierKinds),
            JSON.Member("scorecard", scorecard),
        ]
        for part in apart where members.contains(where: { $0.name == part.name }) {
            throw FieldFailure(path: "policy.\(part.name)", rule: .unknown)
        }
        return try Policy(.object(members + apart))
    }
}
