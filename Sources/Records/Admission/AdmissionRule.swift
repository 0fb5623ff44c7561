package import Vocabulary

/// What a record must keep to before it is let in; the raw value is the rule's stable name in refusals.
package enum AdmissionRule: String, Hashable, Sendable, CaseIterable {
    // Time.
    case eventTimeInFuture, eventTimeTooOld, madeInFuture
    // Subjects and identifiers.
    case tooManyRecords, subjectsMissing, subjectsNotAllowed, tooManySubjects, subjectRole, noAttachedSubject
    case tooManyIdentifiers, tooManyMatchKeys, kindNotInPolicy, noOwnIdentifier, matchKeysAlone
    case loanSubjectsMissing, loanSubjectsInherited
    // Loan events and checks.
    case productNotListed, dueBucketMissing, dueBucketNotAllowed, preScreenIsSoft
    // Codes.
    case codeUnknown, codeIsMarker, codeIsNotMarker
    // Evidence (DOMAIN §3).
    case tierMissing, tierTooLow, groundsMissing, groundNotListed, evidenceDigestMissing
    case productDecisionMissing, productDecisionDoesNotFit, reviewersTooFew, reviewerRepeated
    case identityProofMissing
    // What a code attaches to.
    case impersonationNamesPerson, impersonationByMatchKey, instrumentOnly, intermediaryOnly, staffOnly
    // Dates and statements of a report.
    case endedBeforeEvent, endedInFuture, notifiedInFuture, underAgeNotApplicable, parentMissing, parentNotAllowed
    // References.
    case refersToItself, amendmentEmpty
}

extension AdmissionRule {
    /// What is wrong, in one sentence about the field at the failure's path.
    package var sentence: String {
        guard let sentence = Self.sentences[self] else { preconditionFailure("A rule without its sentence.") }
        return sentence
    }

    /// A table and no switch, for its length; a test holds it complete.
    private static let sentences: [AdmissionRule: String] = [
        .eventTimeInFuture: "The event lies in the future.",
        .eventTimeTooOld: "The event lies further back than the policy allows.",
        .madeInFuture: "The document was made in the future.",
        .tooManyRecords: "The submission has more records than the policy allows.",
        .subjectsMissing: "The record names no subject.",
        .subjectsNotAllowed: "A record of this kind takes its subjects from the one it refers to.",
        .tooManySubjects: "The record has more subjects than the policy allows.",
        .subjectRole: "A subject has no such role in a record of this kind.",
        .noAttachedSubject: "The report names nobody whom its code is about.",
        .tooManyIdentifiers: "The subject has more identifiers than the policy allows.",
        .tooManyMatchKeys: "The subject has more match keys than the policy allows.",
        .kindNotInPolicy: "The policy has no identifiers of this kind.",
        .noOwnIdentifier: "The subject has no identifier of its own.",
        .matchKeysAlone: "Match keys alone never carry a report or a marker.",
        .loanSubjectsMissing: "The first stage of a loan names its subjects.",
        .loanSubjectsInherited: "A later stage of a loan inherits its subjects.",
        .productNotListed: "The policy does not list this product.",
        .dueBucketMissing: "The stage overdue says how late.",
        .dueBucketNotAllowed: "Only the stage overdue says how late.",
        .preScreenIsSoft: "A pre-screening is never recorded.",
        .codeUnknown: "The policy does not list this reason code.",
        .codeIsMarker: "This reason code is protective and told by a marker.",
        .codeIsNotMarker: "This reason code is not protective and told by a report.",
        .tierMissing: "The reason code needs an evidence tier.",
        .tierTooLow: "The evidence is below the reason code's minimum.",
        .groundsMissing: "The evidence tier needs the objective grounds named.",
        .groundNotListed: "The policy does not list this ground.",
        .evidenceDigestMissing: "The evidence tier needs the digest of the evidence kept.",
        .productDecisionMissing: "The standard of proof needs a product refused or ended, or a benefit taken.",
        .productDecisionDoesNotFit: "The product decision does not fit the reason code.",
        .reviewersTooFew: "The reason code's severity needs two reviewers.",
        .reviewerRepeated: "The same reviewer stands twice.",
        .identityProofMissing: "The reason code needs proof of the person's identity.",
        .impersonationNamesPerson: "A report of impersonation never names the identity that was used.",
        .impersonationByMatchKey: "A report of impersonation never rests on a match key.",
        .instrumentOnly: "The reason code attaches to the instrument used, and to nothing else.",
        .intermediaryOnly: "The reason code attaches to the intermediary, and to nobody else.",
        .staffOnly: "The reason code attaches to the lender's staff, and to nobody else.",
        .endedBeforeEvent: "The event ended before it began.",
        .endedInFuture: "The event's end lies in the future.",
        .notifiedInFuture: "The subject's notification lies in the future.",
        .underAgeNotApplicable: "The reason code knows no retention for persons under 21.",
        .parentMissing: "The reason code continues an earlier report.",
        .parentNotAllowed: "The reason code continues no earlier report.",
        .refersToItself: "The record refers to itself.",
        .amendmentEmpty: "The amendment changes nothing.",
    ]

    /// The stable code with which a refusal leaves the process.
    package var code: ErrorCode {
        switch self {
        case .eventTimeInFuture, .madeInFuture: .eventTimeInFuture
        case .eventTimeTooOld: .eventTimeAbsurd
        case .codeUnknown: .unknownReasonCode
        case .tierMissing, .tierTooLow, .groundsMissing, .evidenceDigestMissing, .productDecisionMissing,
            .reviewersTooFew, .reviewerRepeated, .identityProofMissing:
            .insufficientEvidence
        case .tooManyRecords: .tooManyRecords
        case .tooManyIdentifiers, .tooManyMatchKeys: .tooManyIdentifiers
        case .noOwnIdentifier, .matchKeysAlone: .noUsableIdentifier
        case .loanSubjectsMissing: .unknownLoan
        case .subjectsMissing, .subjectsNotAllowed, .tooManySubjects, .subjectRole, .noAttachedSubject,
            .kindNotInPolicy, .loanSubjectsInherited, .productNotListed, .dueBucketMissing, .dueBucketNotAllowed,
            .preScreenIsSoft, .codeIsMarker, .codeIsNotMarker, .groundNotListed, .productDecisionDoesNotFit,
            .impersonationNamesPerson, .impersonationByMatchKey, .instrumentOnly, .intermediaryOnly, .staffOnly,
            .endedBeforeEvent, .endedInFuture, .notifiedInFuture, .underAgeNotApplicable, .parentMissing,
            .parentNotAllowed, .refersToItself, .amendmentEmpty:
            .notAdmissible
        }
    }
}
