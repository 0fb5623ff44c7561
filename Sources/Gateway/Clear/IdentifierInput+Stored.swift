package import Identity
package import Records
internal import Vocabulary

extension IdentifierInput: KindedIdentifier {}

/// A record with its identifiers in clear, normalised: what the outbox keeps sealed until it is delivered.
package typealias ClearRecord = Record<IdentifierInput>

// The form in which the outbox seals it. It never leaves the gateway.
extension Record where ID == IdentifierInput {
    var storedJSON: JSON {
        json { subject in
            .object([
                "role": .string(subject.role.name),
                "identifiers": .array(
                    subject.identifiers.map { identifier in
                        .object([
                            "kind": .string(identifier.kind.name), "role": .string(identifier.role.name),
                            "value": .string(identifier.value),
                        ])
                    }),
            ])
        }
    }

    init(stored json: JSON) throws(FieldFailure) {
        try self.init(json, path: "") { json, path throws(FieldFailure) in
            var reader = try ObjectReader(json, path: path)
            let role = try reader.choice("role", expected: "the roles", SubjectRole.init(name:))
            let elements = try reader.array("identifiers", maximum: PayloadLimits.ceiling.identifiersPerSubject)
            let identifiers = try elements.map { element throws(FieldFailure) in
                var fields = try ObjectReader(element, path: path)
                return IdentifierInput(
                    kind: try fields.choice("kind", expected: "the kinds", IdentifierKind.init(name:)),
                    role: try fields.choice("role", expected: "the roles", IdentifierRole.init(name:)),
                    value: try fields.string("value", maximumLength: 1 << 16))
            }
            return Subject(role: role, identifiers: identifiers)
        }
    }

    var identifiers: [IdentifierInput] { subjects.flatMap(\.identifiers) }
}
