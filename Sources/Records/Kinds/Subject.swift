package import Vocabulary

/// A person, or what stands for one, in a record or a check.
package struct Subject<ID: KindedIdentifier>: Hashable, Sendable {
    package let role: SubjectRole
    package let identifiers: [ID]

    package init(role: SubjectRole, identifiers: [ID]) {
        (self.role, self.identifiers) = (role, identifiers)
    }

    package func mapIdentifiers<Other, Failure: Error>(
        _ transform: (ID) throws(Failure) -> Other
    ) throws(Failure) -> Subject<Other> {
        Subject<Other>(role: role, identifiers: try identifiers.map(transform))
    }
}

extension Subject where ID == CommittedIdentifier {
    /// Reads `{"role":…,"identifiers":[…]}`.
    package init(_ json: JSON, path: String) throws(FieldFailure) {
        var reader = try ObjectReader(json, path: path)
        role = try reader.choice("role", subjectRoles)
        let elements = try reader.array("identifiers", maximum: PayloadLimits.Reading.identifiers, minimum: 1)
        var identifiers: [CommittedIdentifier] = []
        identifiers.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            identifiers.append(try CommittedIdentifier(element, path: "\(path).identifiers[\(index)]"))
        }
        self.identifiers = identifiers
        try reader.finish()
    }

    package var json: JSON {
        .object(["role": .string(subjectRoles.name(of: role)), "identifiers": .array(identifiers.map(\.json))])
    }
}

private let subjectRoles = NameTable(SubjectRole.allCases)
