package import Vocabulary

extension Problem {
    /// The failure as it leaves the gateway.
    package init(_ failure: IdentityFailure) {
        switch failure {
        case .shape(let failure): self.init(failure)
        case .refused(let path, let rule):
            self.init(.invalidIdentifier, failure.description, hint: rule.hint, path: path)
        case .tooManyIdentifiers: self.init(.tooManyIdentifiers, failure.description)
        case .noUsableIdentifier:
            self.init(
                .noUsableIdentifier, failure.description,
                hint: "Give a national ID, phone, card, e-mail or device, or a full name with the birth date.")
        }
    }
}

extension NormalisationRule {
    /// What the lender's clerk may do about it, where that is more than to type it again.
    fileprivate var hint: String? {
        switch self {
        case .unknownScheme: "Take one of the names in applicant.schema.json, or \"opaque\"."
        case .country: "Write the number with + and the country code."
        case .checkDigit: "Compare the number with the document: a digit is wrong or two are exchanged."
        case .notForRole: "Staff are named by their national ID, phone or e-mail."
        case .empty, .tooLong, .characters, .length, .range, .region, .birthDate, .syntax, .placeholder: nil
        }
    }
}
