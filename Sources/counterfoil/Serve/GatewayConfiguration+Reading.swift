import Gateway
import HTTPEdge
import Identity
import Vocabulary

extension GatewayConfiguration {
    init(_ configuration: Configuration) throws(Problem) {
        var listeners = [try ListenerAddress(configuration, listen: GatewayServe.listen)]
        if let path = configuration.optional(.socket) { listeners.append(.unixSocket(path: path)) }
        self.init(
            member: try Self.member(try configuration.required(.member)),
            memberKeyFile: try configuration.required(.memberKey),
            registryFile: try configuration.required(.registry), outboxFile: try configuration.required(.database),
            dataKeyFile: try configuration.required(.dataKey), listeners: listeners)
        fingerprint = try configuration.optional(.fingerprint).map(Self.fingerprint)
        apiKeysFile = configuration.optional(.apiKeys)
        authoritiesFile = configuration.optional(.authorities)
        phoneRegion = configuration.optional(.phoneRegion).flatMap(PhoneRegion.init(rawValue:)) ?? .china
        malformedInUploads = configuration.optional(.malformedInUploads) == "drop" ? .drop : .refuse
        recordsPerSubmission = configuration.integer(.recordsPerSubmission)
        custodianTimeout = .seconds(configuration.integer(.custodianTimeoutSeconds))
        nodeTimeout = .seconds(configuration.integer(.nodeTimeoutSeconds))
        registryBeat = .seconds(configuration.integer(.registryBeatSeconds))
        registryFreshness = .seconds(configuration.integer(.registryFreshnessHours) * 3600)
        profile = try configuration.required(.profile)
        decisionPolicyFile = configuration.optional(.decisionPolicy)
        shadowPolicyFile = configuration.optional(.shadowPolicy)
        acknowledge = configuration.optional(.acknowledge).flatMap(AcknowledgeWhen.init(rawValue:)) ?? .stored
        webhook = configuration.optional(.webhook)
        webhookDays = configuration.integer(.webhookDays)
        maximumTokens = configuration.integer(.maximumTokens)
    }

    private static func member(_ name: String) throws(Problem) -> MemberID {
        do throws(DecodingFailure) { return try MemberID(name) } catch {
            throw Problem(.configurationInvalid, "The member's name is not valid: \(error.explanation).")
        }
    }

    private static func fingerprint(_ text: String) throws(Problem) -> Hash {
        do throws(DecodingFailure) { return Hash(try Bytes32(hex: text)) } catch {
            throw Problem(.configurationInvalid, "A fingerprint is 64 hexadecimal digits in lower case.")
        }
    }
}
