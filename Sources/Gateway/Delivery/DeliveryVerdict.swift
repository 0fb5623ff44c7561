internal import Vocabulary

/// What follows from the node's refusal of a submission.
enum DeliveryVerdict: Equatable {
    /// This record will never be admitted; the others may be.
    case refuse(index: Int)
    /// Something in it will never be admitted, and the node does not say which record.
    case divide
    /// Something about the submission itself, such as its time or its id: sign one anew, and give no record up.
    case signAnew(after: Duration)
    /// The tokens are of another epoch: make them anew.
    case retokenise
    /// Nothing is wrong with the records. The same bytes are sent again later.
    case retry(after: Duration)

    static let budgetDelay: Duration = .seconds(900)
    private static let operatorDelay: Duration = .seconds(60)

    /// - Parameters:
    ///   - delay: of the ordinary retry, which grows with the attempts.
    ///   - list: the name of the list in paths of the refusal.
    init(_ problem: Problem, count: Int, delay: Duration, list: String = "records") {
        switch problem.code {
        case .wrongEpoch: self = .retokenise
        case .budgetExhausted: self = .retry(after: max(delay, Self.budgetDelay))
        case .custodianUnavailable, .nodeUnavailable, .storageBusy, .storageFull, .storageFailed, .overloaded,
            .registryStale, .clockSkew, .staleRequest, .replayedNonce, .suspendedMember, .internalError,
            .invalidProof, .verificationFailed, .tooFewMembers:
            self = .retry(after: delay)
        // About this gateway, its key or its registry: an operator's matter, and no reason to give a record up.
        case .unauthenticated, .unknownMember, .unknownKey, .badSignature, .wrongDigest, .wrongConsortium,
            .notEntitled, .wrongPurpose, .notFound, .methodNotAllowed, .unsupportedMediaType, .secretFileExposed,
            .keysBesideDatabase, .configurationInvalid, .wrongPassphrase:
            self = .retry(after: max(delay, Self.operatorDelay))
        case .malformedJSON, .unknownField, .missingField, .invalidField, .bodyTooLarge, .invalidIdentifier,
            .noUsableIdentifier, .tooManyIdentifiers, .eventTimeInFuture, .eventTimeAbsurd, .unknownReasonCode,
            .insufficientEvidence, .notAdmissible, .tooManyRecords, .notYourRecord, .unknownRecord, .unknownLoan,
            .recordConflict, .invalidElement, .wrongCommitment, .tooManyElements:
            self = Self.aboutContent(problem, count: count, delay: delay, list)
        }
    }

    /// Only a refusal that names a record gives that record up: everything else could be said of every submission by
    /// a node, a proxy or a clock gone wrong, and would empty the outbox.
    private static func aboutContent(
        _ problem: Problem, count: Int, delay: Duration, _ list: String
    ) -> DeliveryVerdict {
        if let index = index(problem.path, in: list), index < count { return .refuse(index: index) }
        let isUnlocated = problem.path == nil || problem.path == list
        if isUnlocated, count > 1 { return .divide }
        return .signAnew(after: isUnlocated ? max(delay, operatorDelay) : delay)
    }

    /// The number in `records[12].eventTime`.
    static func index(_ path: String?, in list: String) -> Int? {
        guard let path, path.hasPrefix(list + "[") else { return nil }
        return Int(path.dropFirst(list.utf8.count + 1).prefix { $0 != "]" }).flatMap { $0 >= 0 ? $0 : nil }
    }
}
