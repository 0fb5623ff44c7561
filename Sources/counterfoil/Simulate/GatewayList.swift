import Vocabulary

/// The gateways that a simulation drives, in the order of the simulated members.
enum GatewayList {
    private static let limit = 999

    static func read(_ path: String) throws(Problem) -> [GatewayConnection] {
        let document = try InputDocument.read(path)
        var connections: [GatewayConnection] = []
        for (url, key, authorities) in try entries(document) {
            connections.append(
                try GatewayConnection(
                    url: url, apiKey: try key.map(GatewayConnection.apiKey), authorities: authorities))
        }
        return connections
    }

    private typealias Entry = (url: String, apiKeyFile: String?, authorities: String?)

    private static func entries(_ document: JSON) throws(Problem) -> [Entry] {
        do throws(FieldFailure) {
            var reader = try ObjectReader(document)
            var entries: [Entry] = []
            for (index, element) in try reader.array("gateways", maximum: limit, minimum: 2).enumerated() {
                var entry = try ObjectReader(element, path: "gateways[\(index)]")
                entries.append(
                    (
                        try entry.string("url"), try entry.optionalString("apiKeyFile", maximumLength: 4096),
                        try entry.optionalString("authorities", maximumLength: 4096)
                    ))
                try entry.finish()
            }
            try reader.finish()
            return entries
        } catch { throw Problem(error) }
    }
}
