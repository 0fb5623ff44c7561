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
}
