package import Identity
package import Records
package import Vocabulary

/// Reads what a lender posts, in clear, and brings it to where tokens can be asked for: shape, identifiers, admission.
///
/// Everything that can be refused without the node is refused here, by path and rule, before anything is queued.
package struct ClearReader: Sendable {
    let policy: Policy
    let normaliser: Normaliser
    let malformed: MalformedValue
    let now: Instant
    /// Sixteen random bytes for an id that the lender leaves to the gateway.
    let newID: @Sendable () -> RecordID

    package init(
        policy: Policy, region: PhoneRegion, malformed: MalformedValue, now: Instant,
        newID: @escaping @Sendable () -> RecordID
    ) {
        let today = CalendarDate(daysSince1970: Int(now.seconds / 86_400))
        (self.policy, self.malformed, self.now, self.newID) = (policy, malformed, now, newID)
        normaliser = Normaliser(defaultRegion: region, today: today)
    }

    /// An applicant's inputs and what was left out. - Parameter exactly: without match keys, in every role.
    func derive(
        _ applicant: Applicant, exactly: Bool, path: String
    ) throws(Problem) -> (inputs: [IdentifierInput], dropped: [DroppedField]) {
        do throws(IdentityFailure) {
            if exactly { return try exact(applicant) }
            let derived = try applicant.identifiers(normaliser, malformed: malformed, path: path)
            return (derived.inputs, derived.dropped)
        } catch {
            let problem = Problem(error)
            throw Problem(problem.code, problem.detail, hint: problem.hint, path: problem.path ?? path)
        }
    }

    /// The claims alone: what a report names that attaches to an instrument, an intermediary or staff.
    private func exact(
        _ applicant: Applicant
    ) throws(IdentityFailure) -> (inputs: [IdentifierInput], dropped: [DroppedField]) {
        var inputs: Set<IdentifierInput> = []
        var dropped: [DroppedField] = []
        for claim in applicant.claims {
            do throws(NormalisationRule) { inputs.insert(try normaliser.normalise(claim)) } catch {
                guard error == .placeholder || error == .empty || malformed == .drop else {
                    throw .refused(path: claim.path, rule: error)
                }
                dropped.append(DroppedField(path: claim.path, rule: error))
            }
        }
        guard !inputs.isEmpty else { throw .noUsableIdentifier }
        guard inputs.count <= Applicant.maximumTokens else {
            throw .tooManyIdentifiers(limit: Applicant.maximumTokens)
        }
        return (inputs.sorted(), dropped)
    }
}

extension DroppedField {
    var json: JSON { .object(["path": .string(path), "rule": .string(rule.rawValue)]) }
}
