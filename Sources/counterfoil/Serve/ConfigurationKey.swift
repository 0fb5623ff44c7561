import Vocabulary

/// One thing that a service is told at its start: in a file, in the environment or by a flag, under one name.
struct ConfigurationKey: Hashable, Sendable {
    /// What a value may be.
    enum Form: Hashable, Sendable {
        case text
        /// A file or folder. In a configuration file, relative to that file's folder.
        case path
        case integer(ClosedRange<Int64>)
        case choice([String])
    }

    /// As in the file: `logKey`.
    let name: String
    let form: Form
    /// What counts where nobody says anything.
    let fallback: String?
    /// Whether the value itself is a secret, which is never printed.
    let isSecret: Bool

    init(_ name: String, _ form: Form = .text, fallback: String? = nil, isSecret: Bool = false) {
        (self.name, self.form, self.fallback, self.isSecret) = (name, form, fallback, isSecret)
    }

    /// `COUNTERFOIL_LOG_KEY`
    var environmentName: String { "COUNTERFOIL_" + words(joinedBy: "_").uppercased() }
    /// `--log-key`
    var flag: String { "--" + words(joinedBy: "-") }

    private func words(joinedBy separator: String) -> String {
        name.reduce(into: "") { words, character in
            if character.isUppercase { words += separator }
            words += character.lowercased()
        }
    }

    /// What is wrong with a value, or `nil`. It never says the value.
    func complaint(about text: String) -> String? {
        switch form {
        case .text, .path: return text.isEmpty ? "it is empty" : nil
        case .integer(let range):
            guard let number = Int64(text), range.contains(number) else {
                return "it is not a whole number from \(range.lowerBound) to \(range.upperBound)"
            }
            return nil
        case .choice(let names):
            return names.contains(text) ? nil : "it is not one of \(names.joined(separator: ", "))"
        }
    }
}

// Keys that several services have.
extension ConfigurationKey {
    static let registry = ConfigurationKey("registry", .path, fallback: "registry.json")
    static let database = ConfigurationKey("database", .path)
    static let certificate = ConfigurationKey("certificate", .path)
    static let certificateKey = ConfigurationKey("certificateKey", .path)
    static let logLevel = ConfigurationKey(
        "logLevel", .choice(["debug", "info", "notice", "warning", "error"]), fallback: "info")

    static func listen(port: Int) -> ConfigurationKey {
        ConfigurationKey("listen", fallback: "127.0.0.1:\(port)")
    }
}
