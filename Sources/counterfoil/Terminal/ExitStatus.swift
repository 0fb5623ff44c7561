import ArgumentParser
import Glibc
import Vocabulary

/// What a finished process tells its caller.
enum ExitStatus: Int32 {
    case done = 0
    case refused = 1
    case notVerified = 3
    case unavailable = 4
    case usage = 64

    init(_ code: ErrorCode) {
        switch code {
        case .invalidProof, .verificationFailed, .badSignature, .wrongDigest, .wrongCommitment: self = .notVerified
        case .custodianUnavailable, .nodeUnavailable, .storageBusy, .storageFull, .storageFailed, .overloaded,
            .registryStale:
            self = .unavailable
        case .malformedJSON, .unknownField, .missingField, .invalidField, .bodyTooLarge, .unsupportedMediaType,
            .notFound, .methodNotAllowed, .invalidIdentifier, .noUsableIdentifier, .tooManyIdentifiers,
            .eventTimeInFuture, .eventTimeAbsurd, .unknownReasonCode, .insufficientEvidence, .notAdmissible,
            .tooManyRecords, .notYourRecord, .unknownRecord, .unknownLoan, .recordConflict, .unauthenticated,
            .unknownMember, .suspendedMember, .unknownKey, .staleRequest, .replayedNonce, .clockSkew,
            .wrongConsortium, .notEntitled, .wrongPurpose, .budgetExhausted, .wrongEpoch, .invalidElement,
            .tooManyElements, .secretFileExposed, .keysBesideDatabase, .configurationInvalid, .wrongPassphrase,
            .tooFewMembers, .internalError:
            self = .refused
        }
    }

    /// Says what went wrong and ends the process. Errors that are not ours leave as one fixed sentence.
    static func exit(after error: any Error) -> Never {
        if let problem = error as? Problem {
            Terminal.report(problem)
            Glibc.exit(ExitStatus(problem.code).rawValue)
        }
        let code = Counterfoil.exitCode(for: error)
        if code == .validationFailure {
            Terminal.report(Counterfoil.message(for: error), hint: "Add --help to the command to see what it takes.")
            Glibc.exit(ExitStatus.usage.rawValue)
        }
        if error is CleanExit || code == .success { Counterfoil.exit(withError: error) }
        if let code = error as? ExitCode { Glibc.exit(code.rawValue) }
        Terminal.report(Problem(.internalError, "The command failed for a reason it does not know."))
        Glibc.exit(ExitStatus.refused.rawValue)
    }
}
