internal import Lending
internal import Vocabulary

/// Statistics with their names: the node sends values alone, in the order of the profile that was asked for.
struct NamedStatistics: Sendable {
    /// `{"profile","catalogue","cells":{…},"newerThanCheckpoint"}`, or null where the node told none.
    let json: JSON

    /// - Throws: `verificationFailed` for another profile, another catalogue or another number of values: names would
    ///   come to stand beside values that are not theirs.
    init(_ statistics: JSON, profile name: String) throws(Problem) {
        guard statistics != .null else {
            json = .null
            return
        }
        let catalogue = Catalogue.current
        guard let profile = catalogue.profile(named: name), statistics["profile"]?.string == name else {
            throw Self.refusal("are of another profile than was asked for")
        }
        guard statistics["catalogue"]?.integer == Int64(catalogue.version) else {
            throw Self.refusal(
                "are of another catalogue than this gateway's, version \(catalogue.version)",
                hint: "Run the gateway and the node in versions with the same catalogue of statistics.")
        }
        guard let values = statistics["values"]?.array, values.count == profile.cells.count else {
            throw Self.refusal("are not as many as the profile has")
        }
        let cells = zip(profile.cells, values).map { JSON.Member($0.name, $1) }
        json = .object([
            "profile": .string(name), "catalogue": .number(catalogue.version), "cells": .object(cells),
            "newerThanCheckpoint": statistics["newerThanCheckpoint"] ?? true,
        ])
    }

    private static func refusal(_ what: String, hint: String? = nil) -> Problem {
        Problem(.verificationFailed, "The answer's statistics \(what).", hint: hint)
    }
}
