package import Vocabulary

extension Policy {
    /// The policy put together from its three files in `schemas/policy/`: the settings, which leave out the two lists,
    /// and the lists, which stand in files of their own so that nothing is written down twice.
    ///
    /// The registry carries the whole, which `init(_:path:)` reads.
    package static func assembling(
        settings: JSON, reasonCodes: JSON, identifierKinds: JSON
    ) throws(FieldFailure) -> Policy {
        guard case .object(let members) = settings else {
            throw FieldFailure(path: "policy", rule: .wrongType(expected: "an object"))
        }
        let lists = [JSON.Member("reasonCodes", reasonCodes), JSON.Member("identifierKinds", identifierKinds)]
        for list in lists where members.contains(where: { $0.name == list.name }) {
            throw FieldFailure(path: "policy.\(list.name)", rule: .unknown)
        }
        return try Policy(.object(members + lists))
    }
}
