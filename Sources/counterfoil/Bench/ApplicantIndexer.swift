import Exchange
import Identity
import Vocabulary

/// Reads simulated applicants as a gateway does, and gives every identifier an index without a token.
///
/// The index is a digest of kind and canonical value: equal identifiers meet, as equal tokens would.
struct ApplicantIndexer {
    private var normaliser = Normaliser(defaultRegion: .china, today: CalendarDate(daysSince1970: 0))
    private var day = -1

    /// Identifiers as of the day they are given: no birth date lies ahead of it.
    mutating func set(_ now: Instant) {
        let today = Int(now.seconds / 86_400)
        guard today != day else { return }
        day = today
        normaliser = Normaliser(defaultRegion: .china, today: CalendarDate(daysSince1970: today))
    }

    /// The exact identifiers of an applicant and of whoever is related to it, none twice; no match keys.
    func identifiers(_ json: JSON, path: String) throws(FieldFailure) -> [IdentifierInput] {
        var inputs: Set<IdentifierInput> = []
        for claim in try Applicant(json, path: path).claims {
            do throws(NormalisationRule) { inputs.insert(try normaliser.normalise(claim)) } catch {
                throw FieldFailure(path: "\(path).\(claim.path)", rule: .malformed(error.rawValue))
            }
        }
        return inputs.sorted()
    }

    static func indexed(_ input: IdentifierInput) -> IndexedIdentifier {
        let index = LookupKey.digest("counterfoil/bench/v1", [[input.kind.rawValue], Array(input.value.utf8)])
        return IndexedIdentifier(kind: input.kind, role: input.role, index: index)
    }
}
