package import Vocabulary

/// Why a registry is not believed. The version is the number of the one that fails, from 1.
package enum RegistryFailure: Error, Equatable, Sendable {
    case empty
    case tooManyVersions(limit: Int)
    case notAnEnvelope(FieldFailure)
    case notAVersion(version: Int, FieldFailure)
    case wrongNumber(expected: Int, actual: Int)
    case wrongPrevious(version: Int)
    case timeGoesBack(version: Int)
    case fromTheFuture(version: Int, madeAt: Instant)
    case unknownSigner(version: Int, KeyID)
    case badSignature(version: Int, KeyID)
    case belowThreshold(version: Int, needed: Int, signed: Int)
    /// The admin who signs alone has suspended another member within the last 30 days.
    case loneSuspensionUsed(version: Int)
    case forbiddenChange(version: Int, String)
    /// The first version is not the one this process was told to trust.
    case wrongFingerprint
    /// What was offered ends before what is held.
    case rollback(held: Int, offered: Int)
    /// What was offered says otherwise about a version that is held.
    case fork(version: Int)
}

extension Problem {
    package init(_ failure: RegistryFailure) {
        switch failure {
        case .empty: self = .unverified("The registry has no versions.")
        case .tooManyVersions(let limit): self = .unverified("The registry has more than \(limit) versions.")
        case .notAnEnvelope(let field): self = .unverified("The registry is not a list of signed versions. \(field)")
        case .notAVersion(let version, let field): self = .unverified("Version \(version) is not valid. \(field)")
        case .wrongNumber(let expected, let actual):
            self = .unverified("Version \(expected) is missing: \(actual) stands in its place.")
        case .wrongPrevious(let version): self = .unverified("Version \(version) does not follow the one before it.")
        case .timeGoesBack(let version): self = .unverified("Version \(version) is older than the one before it.")
        case .fromTheFuture(let version, let madeAt):
            self.init(
                .clockSkew, "Version \(version) was made at \(madeAt), which is ahead of this machine's clock.",
                hint: "Check the clock; if it is right, do not trust this registry.")
        case .unknownSigner(let version, let key):
            self = .unverified("Version \(version) is signed with \(key), which is no admin's key.")
        case .badSignature(let version, let key):
            self = .unverified("The signature of \(key) under version \(version) is not valid.")
        case .belowThreshold(let version, let needed, let signed):
            self.init(
                .verificationFailed, "Version \(version) needs \(needed) admins' signatures and has \(signed).",
                hint: "Pass the draft to the other admins: `counterfoil registry draft-sign`, then `publish`.")
        case .loneSuspensionUsed(let version):
            self.init(
                .notAdmissible,
                "Version \(version) is signed by one admin, who has suspended another member within 30 days.",
                hint: "Have other admins sign the suspension too: `counterfoil registry draft-sign`.")
        case .forbiddenChange(let version, let sentence):
            self.init(.notAdmissible, "Version \(version) does what no version may do. \(sentence)")
        case .wrongFingerprint:
            self = .unverified("This registry belongs to another consortium than the one this machine trusts.")
        case .rollback(let held, let offered):
            self.init(
                .registryStale, "The registry offered ends at version \(offered); version \(held) is held already.")
        case .fork(let version):
            self = .unverified("There are two different registries from version \(version) on.")
        }
    }

    private static func unverified(_ detail: String) -> Problem {
        Problem(.verificationFailed, detail, hint: "Fetch the registry again from a source you trust.")
    }
}
