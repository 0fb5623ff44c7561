internal import Lending
internal import Linkage
internal import Records
internal import Vocabulary

extension Telling {
    /// Linkage as one asker may be told it: counts of others in bands, nothing where too few others take part.
    func json(of network: Network?) -> JSON {
        guard let network, disclosure.offersOthers else { return .null }
        return .object([
            "nearestReport": network.nearest.map { json(of: $0) } ?? .null,
            "reports": .array(
                network.reports.map { reached in
                    .object([
                        "family": .string(reached.family.name),
                        "hops": .number(reached.hops),
                        "subjects": shown(reached.subjects),
                        "confirmed": .bool(!reached.isSuspended),
                    ])
                }),
            "ring": network.ring.map { json(of: $0) } ?? .null,
            "demoted": .strings(network.demoted.map(\.name)),
            "truncated": .bool(network.isTruncated),
        ])
    }

    private func json(of nearest: Network.Nearest) -> JSON {
        .object([
            "hops": .number(nearest.hops),
            "path": .array(
                nearest.path.map { .object(["kind": .string($0.kind.name), "role": .string($0.role.name)]) }),
            "code": .string(nearest.code.text),
            "evidence": .optional(nearest.tier?.name),
            "age": .string(nearest.age.description),
            "reporters": shown(nearest.reporters),
            "own": .bool(nearest.isOwn),
        ])
    }

    private func json(of ring: Network.Ring) -> JSON {
        .object([
            "name": .optional(ring.name),
            "formerNames": .strings(ring.formerNames),
            "status": .string(ring.status.rawValue),
            "subjects": shown(ring.subjects),
            "members": shown(ring.members),
            "kinds": .array(
                ring.kinds.sorted { $0.key < $1.key }.map { kind, count in
                    .object(["kind": .string(kind.name), "identifiers": shown(count)])
                }),
            "reported": .array(
                ring.reported.sorted { $0.key.rawValue < $1.key.rawValue }.map { family, count in
                    .object(["family": .string(family.name), "subjects": shown(count)])
                }),
            "since": .optional(ring.since?.description),
            "truncated": .bool(ring.isTruncated),
        ])
    }
}
