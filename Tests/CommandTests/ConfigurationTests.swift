import Testing
import Vocabulary

@testable import counterfoil

@Suite("Configuration: file, environment and flags")
struct ConfigurationTests {
    static let database = ConfigurationKey("database", .path)
    static let beat = ConfigurationKey("registryBeatSeconds", .integer(1...60), fallback: "60")
    static let level = ConfigurationKey("logLevel", .choice(["info", "error"]), fallback: "info")
    static let secret = ConfigurationKey("passphrase", isSecret: true)
    static let keys = [database, beat, level, secret]

    static func configuration(
        file: String? = nil, environment: [String: String] = [:], flags: [ConfigurationKey: String] = [:]
    ) throws(Problem) -> Configuration {
        try Configuration(
            keys, file: file, environment: { environment[$0] }, flags: keys.map { ($0, flags[$0]) })
    }

    /// The problem that a file of this text ends in.
    static func problem(inFile text: String) throws -> Problem {
        try Fixture.withFolder { folder in
            try Fixture.write(text, to: "\(folder)/service.json")
            return try #require(throws: Problem.self) { try configuration(file: "\(folder)/service.json") }
        }
    }

    @Test("the file goes before a default, the environment before the file, a flag before both")
    func weights() throws {
        try Fixture.withFolder { folder in
            let file = "\(folder)/service.json"
            try Fixture.write(#"{"registryBeatSeconds": 10, "logLevel": "error"}"#, to: file)
            let environment = ["COUNTERFOIL_REGISTRY_BEAT_SECONDS": "20"]
            let byFile = try Self.configuration(file: file)
            #expect(byFile.integer(Self.beat) == 10 && byFile.optional(Self.level) == "error")
            #expect(byFile[Self.beat]?.origin == .file(file))
            let byEnvironment = try Self.configuration(file: file, environment: environment)
            #expect(byEnvironment.integer(Self.beat) == 20 && byEnvironment.optional(Self.level) == "error")
            let byFlag = try Self.configuration(file: file, environment: environment, flags: [Self.beat: "30"])
            #expect(byFlag.integer(Self.beat) == 30)
            #expect(byFlag[Self.beat]?.origin.description == "flag --registry-beat-seconds")
            #expect(try Self.configuration().integer(Self.beat) == 60)
        }
    }

    @Test("an unknown key in the file is refused by name, with the known ones listed and without its value")
    func unknownKey() throws {
        let problem = try Self.problem(inFile: #"{"databse": "hunter2"}"#)
        #expect(problem.code == .unknownField && problem.path == "databse")
        #expect(problem.hint?.contains("database, registryBeatSeconds, logLevel, passphrase") == true)
        #expect(!"\(problem)\(problem.hint ?? "")".contains("hunter2"))
    }

    @Test("a value of the wrong form is refused wherever it comes from, and not repeated", arguments: [
        #"{"registryBeatSeconds": 61}"#, #"{"registryBeatSeconds": "often"}"#, #"{"logLevel": "chatty"}"#,
        #"{"database": ""}"#, #"{"database": true}"#, #"{"database": ["a"]}"#, #"{"database": null}"#,
    ])
    func wrongForm(text: String) throws {
        let problem = try Self.problem(inFile: text)
        #expect(problem.code == .configurationInvalid)
        for word in ["often", "chatty"] { #expect(!problem.detail.contains(word)) }
        #expect(throws: Problem.self) { try Self.configuration(environment: ["COUNTERFOIL_LOG_LEVEL": "chatty"]) }
        #expect(throws: Problem.self) { try Self.configuration(flags: [Self.beat: "0"]) }
    }

    @Test("what is no object, no JSON or names a key twice is refused", arguments: ["[]", "{", #"{"a":1,"a":2}"#])
    func malformed(text: String) throws {
        #expect([.malformedJSON, .invalidField].contains(try Self.problem(inFile: text).code))
    }

    @Test("a missing value is asked for by flag, variable and key")
    func missing() throws {
        let problem = try #require(throws: Problem.self) { try Self.configuration().required(Self.database) }
        #expect(problem.code == .configurationInvalid)
        let hint = try #require(problem.hint)
        for name in ["--database", "COUNTERFOIL_DATABASE", "\"database\""] { #expect(hint.contains(name)) }
    }

    @Test("a path in a file is relative to that file; one on the command line is not")
    func paths() throws {
        try Fixture.withFolder { folder in
            let file = "\(folder)/service.json"
            try Fixture.write(#"{"database": "data/node.db"}"#, to: file)
            #expect(try Self.configuration(file: file).required(Self.database) == "\(folder)/data/node.db")
            #expect(
                try Self.configuration(file: file, flags: [Self.database: "node.db"]).required(Self.database)
                    == "node.db")
        }
    }

    @Test("secrets are redacted in both forms of what is printed, and everything else shows its origin")
    func redaction() throws {
        let configuration = try Self.configuration(
            environment: ["COUNTERFOIL_PASSPHRASE": "correct horse"], flags: [Self.database: "node.db"])
        #expect(try configuration.required(Self.secret) == "correct horse")
        for printed in [configuration.text, configuration.json.prettyText] {
            #expect(!printed.contains("correct") && !printed.contains("horse"))
            #expect(printed.contains("(redacted)") && printed.contains("environment COUNTERFOIL_PASSPHRASE"))
            #expect(printed.contains("node.db") && printed.contains("flag --database"))
        }
    }

    @Test("names follow from the key", arguments: [
        ("logKey", "--log-key", "COUNTERFOIL_LOG_KEY"), ("apiKeys", "--api-keys", "COUNTERFOIL_API_KEYS"),
        ("listen", "--listen", "COUNTERFOIL_LISTEN"),
    ])
    func names(name: String, flag: String, variable: String) {
        let key = ConfigurationKey(name)
        #expect(key.flag == flag && key.environmentName == variable)
    }
}
