package import HTTPEdge
package import Identity
package import Vocabulary

/// Everything an operator may set. `README.md` says what each key entails.
package struct GatewayConfiguration: Sendable {
    /// Whose gateway this is.
    package var member: MemberID
    /// The member's signing key: a raw key file of the kind `member`, owner-only.
    package var memberKeyFile: String
    /// The registry as last verified; replaced by newer versions as they come.
    package var registryFile: String
    /// The hash of the registry's first version, as members exchanged it; without it the file is taken as it is.
    package var fingerprint: Hash?
    /// The outbox's file. Everything clear in it is sealed.
    package var outboxFile: String
    /// The key it is sealed under: on another volume than the outbox, backed up apart.
    package var dataKeyFile: String
    /// Hashes of the callers' API keys, owner-only. Needed by every listener but Unix sockets.
    package var apiKeysFile: String?
    /// Where callers reach the gateway.
    package var listeners: [ListenerAddress]
    /// A PEM file of the authorities that node and custodians are checked against; the system's where it is `nil`.
    package var authoritiesFile: String?
    /// The country of phone numbers that are written without one.
    package var phoneRegion: PhoneRegion = .china
    /// What becomes of malformed values in uploads. Single requests always refuse them.
    package var malformedInUploads: MalformedValue = .refuse
    package var recordsPerSubmission = 1000
    package var custodianTimeout: Duration = .seconds(5)
    package var nodeTimeout: Duration = .seconds(30)
    /// How often a newer registry is looked for.
    package var registryBeat: Duration = .seconds(60)
    /// For how long a registry that no source confirms is gone by before the gateway calls itself not ready.
    package var registryFreshness: Duration = .seconds(24 * 3600)
    /// The list of statistics for checks that name none: `summary`, `standard` or `full`.
    package var profile = "summary"
    /// The lender's decision policy; the one that ships where it is `nil`. Read again when it changes.
    package var decisionPolicyFile: String?
    /// A policy that is asked too and only noted.
    package var shadowPolicyFile: String?
    /// When the node is told that its notices were read.
    package var acknowledge: AcknowledgeWhen = .stored
    /// Where notices are posted to: `https://host/path`, or `http://` on this machine. Without it they are fetched.
    package var webhook: String?
    /// After so many days a notice that the webhook refuses is given up.
    package var webhookDays = 7
    /// So many tokens of known borrowers are kept; the oldest go first.
    package var maximumTokens = TokenVault.defaultLimit
    package var limits = ListenerLimits()

    package init(
        member: MemberID, memberKeyFile: String, registryFile: String, outboxFile: String, dataKeyFile: String,
        listeners: [ListenerAddress]
    ) {
        (self.member, self.memberKeyFile, self.registryFile) = (member, memberKeyFile, registryFile)
        (self.outboxFile, self.dataKeyFile, self.listeners) = (outboxFile, dataKeyFile, listeners)
    }
}
