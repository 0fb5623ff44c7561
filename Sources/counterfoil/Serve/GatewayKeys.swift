/// What a gateway is told beside what every service is.
extension ConfigurationKey {
    static let member = ConfigurationKey("member")
    static let memberKey = ConfigurationKey("memberKey", .path)
    static let dataKey = ConfigurationKey("dataKey", .path)
    static let apiKeys = ConfigurationKey("apiKeys", .path)
    static let socket = ConfigurationKey("socket", .path)
    static let fingerprint = ConfigurationKey("fingerprint")
    static let authorities = ConfigurationKey("authorities", .path)
    static let phoneRegion = ConfigurationKey("phoneRegion", .choice(["CN", "US", "IN", "ID", "AU"]), fallback: "CN")
    static let malformedInUploads = ConfigurationKey(
        "malformedInUploads", .choice(["refuse", "drop"]), fallback: "refuse")
    static let recordsPerSubmission = ConfigurationKey("recordsPerSubmission", .integer(1...1000), fallback: "1000")
    static let custodianTimeoutSeconds = ConfigurationKey("custodianTimeoutSeconds", .integer(1...300), fallback: "5")
    static let nodeTimeoutSeconds = ConfigurationKey("nodeTimeoutSeconds", .integer(1...300), fallback: "30")
    static let registryBeatSeconds = ConfigurationKey("registryBeatSeconds", .integer(1...60), fallback: "60")
    static let registryFreshnessHours = ConfigurationKey("registryFreshnessHours", .integer(1...720), fallback: "24")
    static let profile = ConfigurationKey("profile", .choice(["summary", "standard", "full"]), fallback: "summary")
    static let decisionPolicy = ConfigurationKey("decisionPolicy", .path)
    static let shadowPolicy = ConfigurationKey("shadowPolicy", .path)
    static let acknowledge = ConfigurationKey("acknowledge", .choice(["stored", "delivered"]), fallback: "stored")
    static let webhook = ConfigurationKey("webhook")
    /// Fewer than a job's groups under way may need would have them bought again and again.
    static let maximumTokens = ConfigurationKey(
        "maximumTokens", .integer(200_000...100_000_000), fallback: "5000000")
    static let webhookDays = ConfigurationKey("webhookDays", .integer(1...365), fallback: "7")
}
