/// Every error that leaves one of our processes, by its stable code. `schemas/errors.json` says the same in words and a
/// test holds the two together. Codes are added, never changed.
package enum ErrorCode: String, Hashable, Sendable, CaseIterable {
    // The request cannot be read.
    case malformedJSON, unknownField, missingField, invalidField, bodyTooLarge, unsupportedMediaType, notFound
    case methodNotAllowed
    // An identifier cannot be used (gateway).
    case invalidIdentifier, noUsableIdentifier, tooManyIdentifiers
    // A record is not admitted.
    case eventTimeInFuture, eventTimeAbsurd, unknownReasonCode, insufficientEvidence, notAdmissible, tooManyRecords
    case notYourRecord, unknownRecord, unknownLoan, recordConflict
    // The asker may not.
    case unauthenticated, unknownMember, suspendedMember, unknownKey, badSignature, staleRequest, replayedNonce
    case clockSkew, wrongDigest, wrongConsortium, notEntitled, wrongPurpose, budgetExhausted
    // Tokens and their proofs.
    case wrongEpoch, invalidElement, wrongCommitment, invalidProof, tooManyElements
    // Something is away.
    case custodianUnavailable, nodeUnavailable, storageBusy, storageFull, storageFailed, overloaded, registryStale
    // On this machine (commands and start).
    case secretFileExposed, keysBesideDatabase, configurationInvalid, wrongPassphrase, verificationFailed
    case tooFewMembers
    case internalError
}

extension ErrorCode {
    /// The HTTP status it leaves with.
    package var status: Int {
        switch self {
        case .malformedJSON, .unknownField, .missingField, .invalidField, .wrongDigest, .invalidElement: 400
        case .unauthenticated, .unknownMember, .unknownKey, .badSignature, .staleRequest, .replayedNonce,
            .clockSkew:
            401
        case .suspendedMember, .notYourRecord, .wrongConsortium, .notEntitled, .wrongPurpose: 403
        case .notFound, .unknownRecord, .unknownLoan: 404
        case .methodNotAllowed: 405
        case .recordConflict, .wrongEpoch: 409
        case .bodyTooLarge: 413
        case .unsupportedMediaType: 415
        case .invalidIdentifier, .noUsableIdentifier, .tooManyIdentifiers, .eventTimeInFuture, .eventTimeAbsurd,
            .unknownReasonCode, .insufficientEvidence, .notAdmissible, .tooManyRecords, .wrongCommitment,
            .tooManyElements:
            422
        case .budgetExhausted: 429
        case .invalidProof, .verificationFailed: 502
        case .custodianUnavailable, .nodeUnavailable, .storageBusy, .overloaded, .registryStale: 503
        case .storageFull: 507
        case .storageFailed, .secretFileExposed, .keysBesideDatabase, .configurationInvalid, .wrongPassphrase,
            .tooFewMembers, .internalError:
            500
        }
    }

    /// Whether the same request may succeed later without a change: the outbox keeps trying on these alone.
    package var isTransient: Bool {
        switch self {
        case .custodianUnavailable, .nodeUnavailable, .storageBusy, .storageFull, .storageFailed, .overloaded,
            .registryStale, .budgetExhausted, .clockSkew, .staleRequest, .replayedNonce, .wrongEpoch,
            .suspendedMember, .internalError, .invalidProof, .verificationFailed, .tooFewMembers:
            true
        case .malformedJSON, .unknownField, .missingField, .invalidField, .bodyTooLarge, .unsupportedMediaType,
            .notFound, .methodNotAllowed, .invalidIdentifier, .noUsableIdentifier, .tooManyIdentifiers,
            .eventTimeInFuture, .eventTimeAbsurd, .unknownReasonCode, .insufficientEvidence, .notAdmissible,
            .tooManyRecords, .notYourRecord, .unknownRecord, .unknownLoan, .recordConflict, .unauthenticated,
            .unknownMember, .unknownKey, .badSignature, .wrongDigest, .wrongConsortium, .notEntitled, .wrongPurpose,
            .invalidElement, .wrongCommitment, .tooManyElements, .secretFileExposed, .keysBesideDatabase,
            .configurationInvalid, .wrongPassphrase:
            false
        }
    }
}

/// An error as it leaves a process: RFC 9457 problem details over HTTP, `error:` and `hint:` lines in a terminal.
package struct Problem: Error, Equatable, Sendable, CustomStringConvertible {
    package let code: ErrorCode
    /// One full sentence without any value that came from a person.
    package let detail: String
    /// The next step, where there is one.
    package let hint: String?
    /// Where in the document, such as `records[3].eventTime`.
    package let path: String?

    package init(_ code: ErrorCode, _ detail: String, hint: String? = nil, path: String? = nil) {
        (self.code, self.detail, self.hint, self.path) = (code, detail, hint, path)
    }

    package init(_ failure: FieldFailure) {
        let code: ErrorCode =
            switch failure.rule {
            case .missing: .missingField
            case .unknown: .unknownField
            case .wrongType, .malformed, .tooMany, .tooFew: .invalidField
            }
        self.init(code, failure.description, path: failure.path)
    }

    package init(_ failure: JSONFailure) {
        self.init(.malformedJSON, "The body is not JSON as it is exchanged here: \(failure).")
    }

    package var description: String { "\(code.rawValue): \(detail)" }

    /// The body of an `application/problem+json` response. `now` tells a caller with a wrong clock the right time.
    package func json(now: Instant) -> JSON {
        .object([
            "type": .string("urn:counterfoil:error:\(code.rawValue)"), "title": .string(code.title),
            "status": .number(code.status), "code": .string(code.rawValue), "detail": .string(detail),
            "hint": .optional(hint), "path": .optional(path), "time": .string(now.description),
        ])
    }

    /// Reads a response body back; fields it does not know are ignored.
    package init?(json: JSON) {
        guard let code = json["code"]?.string.flatMap(ErrorCode.init), let detail = json["detail"]?.string else {
            return nil
        }
        self.init(code, detail, hint: json["hint"]?.string, path: json["path"]?.string)
    }
}

extension ErrorCode {
    /// The code in words: `replayedNonce` is "Replayed nonce", `malformedJSON` "Malformed JSON".
    package var title: String {
        var words = [""]
        for character in rawValue {
            if character.isUppercase, words[words.count - 1].last?.isUppercase == false { words.append("") }
            words[words.count - 1].append(character)
        }
        let text = words.map { Self.isAcronym($0) ? $0 : $0.lowercased() }.joined(separator: " ")
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    private static func isAcronym(_ word: String) -> Bool { word.count > 1 && word.allSatisfy(\.isUppercase) }
}
