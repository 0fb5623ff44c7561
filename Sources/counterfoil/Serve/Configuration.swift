import Registry
import Vocabulary

/// What a service was told, and by what: the file is weakest, the environment goes before it, flags before both.
struct Configuration: Sendable {
    enum Origin: Hashable, Sendable, CustomStringConvertible {
        case fallback
        case file(String)
        case environment(String)
        case flag(String)

        var description: String {
            switch self {
            case .fallback: "default"
            case .file(let path): "file \(path)"
            case .environment(let name): "environment \(name)"
            case .flag(let name): "flag \(name)"
            }
        }
    }

    struct Setting: Sendable {
        let text: String
        let origin: Origin
    }

    let keys: [ConfigurationKey]
    private let settings: [ConfigurationKey: Setting]

    /// - Parameters:
    ///   - file: a JSON object with some of the keys; `nil` for none.
    ///   - flags: by key; those not given are `nil`.
    /// - Throws: `unknownField` for a key in the file that the service does not have, `configurationInvalid` for a
    ///   value of the wrong form. Neither says the value: it may be a secret that stands in the wrong place.
    init(
        _ keys: [ConfigurationKey], file: String?, environment: (String) -> String?,
        flags: [(key: ConfigurationKey, value: String?)]
    ) throws(Problem) {
        var settings: [ConfigurationKey: Setting] = [:]
        for key in keys { settings[key] = key.fallback.map { Setting(text: $0, origin: .fallback) } }
        if let file { settings.merge(try Self.settings(in: file, keys)) { _, new in new } }
        for key in keys {
            guard let text = environment(key.environmentName) else { continue }
            settings[key] = Setting(text: text, origin: .environment(key.environmentName))
        }
        for (key, value) in flags {
            guard let value else { continue }
            settings[key] = Setting(text: value, origin: .flag(key.flag))
        }
        (self.keys, self.settings) = (keys, settings)
        for key in keys { try check(key) }
    }

    subscript(key: ConfigurationKey) -> Setting? { settings[key] }

    /// The value, or what to do where there is none.
    func required(_ key: ConfigurationKey) throws(Problem) -> String {
        guard let setting = settings[key] else {
            throw Problem(
                .configurationInvalid, "The configuration has no \(key.name).",
                hint: "Give \(key.flag), \(key.environmentName), or \"\(key.name)\" in the file of --config.")
        }
        return setting.text
    }

    func optional(_ key: ConfigurationKey) -> String? { settings[key]?.text }

    /// A whole number; the key must be of that form and have a fallback.
    func integer(_ key: ConfigurationKey) -> Int {
        guard let number = settings[key].flatMap({ Int($0.text) }) else {
            preconditionFailure("The key \(key.name) is no number with a fallback.")
        }
        return number
    }

    private func check(_ key: ConfigurationKey) throws(Problem) {
        guard let setting = settings[key], let complaint = key.complaint(about: setting.text) else { return }
        throw Problem(
            .configurationInvalid,
            "The \(key.name) of the configuration (\(setting.origin)) is not valid: \(complaint).")
    }

    private static func settings(
        in file: String, _ keys: [ConfigurationKey]
    ) throws(Problem) -> [ConfigurationKey: Setting] {
        let members = try members(of: file)
        var settings: [ConfigurationKey: Setting] = [:]
        for member in members {
            guard let key = keys.first(where: { $0.name == member.name }) else {
                throw Problem(
                    .unknownField, "\(file) has a key that is not known here: \(member.name.prefix(64)).",
                    hint: "Known keys: \(keys.map(\.name).joined(separator: ", ")).",
                    path: String(member.name.prefix(64)))
            }
            guard let text = member.value.string ?? member.value.integer.map({ String($0) }) else {
                throw Problem(
                    .configurationInvalid, "\(file): \(key.name) must be a string or a whole number.", path: key.name)
            }
            settings[key] = Setting(text: resolved(text, of: key, in: file), origin: .file(file))
        }
        return settings
    }

    private static func members(of file: String) throws(Problem) -> [JSON.Member] {
        try DocumentFile.read(file, limit: 1 << 16) { (json) throws(FieldFailure) in
            guard let members = json.members else {
                throw FieldFailure(path: "(document)", rule: .wrongType(expected: "an object"))
            }
            return members
        }
    }

    private static func resolved(_ text: String, of key: ConfigurationKey, in file: String) -> String {
        guard key.form == .path, !text.isEmpty, !text.hasPrefix("/"), let slash = file.lastIndex(of: "/") else {
            return text
        }
        return file[...slash] + text
    }
}
