package import Vocabulary

/// The rule that a value broke. The raw value is stable and stands in answers; it never says anything of the value.
package enum NormalisationRule: String, Error, Hashable, Sendable, CaseIterable {
    case empty, tooLong, characters, length, checkDigit, range, region, birthDate, unknownScheme, country, syntax
    case notForRole
    /// Not a refusal: the value is on the stop list, and its field is dropped and reported.
    case placeholder

    package var explanation: String {
        switch self {
        case .empty: "nothing is left of it after spaces and punctuation"
        case .tooLong: "longer than any real value of its kind"
        case .characters: "contains characters that its kind does not have"
        case .length: "not as long as its kind requires"
        case .checkDigit: "the check digit does not fit"
        case .range: "a part of it lies in a range that is never issued"
        case .region: "names a region that does not exist"
        case .birthDate: "carries a birth date that is impossible"
        case .unknownScheme: "its scheme is not known here"
        case .country: "does not fit the numbering rules of its country"
        case .syntax: "not written as its kind is written"
        case .notForRole: "this kind cannot stand for that role"
        case .placeholder: "a placeholder that stands for nobody"
        }
    }
}

/// Why an applicant cannot be turned into tokens: which field and which rule, never the value.
package enum IdentityFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// The document is not of the applicant's shape.
    case shape(FieldFailure)
    case refused(path: String, rule: NormalisationRule)
    case tooManyIdentifiers(limit: Int)
    /// Everything was absent, dropped or belongs to somebody else.
    case noUsableIdentifier

    package var path: String {
        switch self {
        case .shape(let failure): failure.path
        case .refused(let path, _): path
        case .tooManyIdentifiers, .noUsableIdentifier: ""
        }
    }

    package var description: String {
        switch self {
        case .shape(let failure): failure.description
        case .refused(let path, let rule): "The field \(path) is refused: \(rule.explanation)."
        case .tooManyIdentifiers(let limit): "The applicant has more than \(limit) identifiers."
        case .noUsableIdentifier: "The applicant has no identifier of their own that can be used."
        }
    }
}
