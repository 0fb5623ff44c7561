import Vocabulary

// What `--print-config` shows: each value with where it comes from, secrets never.
extension Configuration {
    private static let redacted = "(redacted)"

    var json: JSON {
        .object(
            keys.map { key in
                let setting = self[key]
                return JSON.Member(
                    key.name,
                    .object([
                        "value": setting.map { .string(shown($0, of: key)) } ?? .null,
                        "from": .optional(setting?.origin.description),
                    ]))
            })
    }

    var text: String {
        var table = Table("KEY", "VALUE", "FROM")
        for key in keys {
            let setting = self[key]
            table.add(
                key.name, setting.map { shown($0, of: key) } ?? "-", setting?.origin.description ?? "not set")
        }
        return table.text
    }

    private func shown(_ setting: Setting, of key: ConfigurationKey) -> String {
        key.isSecret ? Self.redacted : setting.text
    }
}
