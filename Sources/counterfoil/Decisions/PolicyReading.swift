import ArgumentParser
import Decisions
import Lending
import Records
import Registry
import Sodium
import Vocabulary

/// The names that a decision policy may use.
struct TermsOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The consortium's policy, a file or folder: then reason codes, findings and bands are checked by it.",
            valueName: "path"), completion: .file())
    var policy: String?

    @Option(
        help: ArgumentHelp(
            "Warn of statistics that this profile lacks. With full: of those that no answer tells.",
            valueName: "profile"))
    var profile = ProfileName.full

    func terms() throws(Problem) -> PolicyTerms {
        let cells = Lexicon(
            contains: { (try? Catalogue.current.cell(named: $0)) != nil }, nearest: Self.nearestCell)
        guard let policy else { return PolicyTerms(cells: cells) }
        let consortium = try PolicyFile.read(policy)
        return PolicyTerms(
            cells: cells, codes: Lexicon(consortium.reasonCodes.all.map(\.name.text)),
            findings: Lexicon(consortium.lending.findings.map(\.code.text)),
            countBands: consortium.countBands.lowerBounds.map { Int64($0) })
    }

    private static func nearestCell(to name: String) -> String? {
        do throws(CellNameFailure) {
            return try Catalogue.current.cell(named: name).name
        } catch {
            return error.nearest.first
        }
    }

    /// The statistics that a policy asks about and the profile does not give, in alphabetical order.
    func missing(_ cells: Set<String>) -> [String] {
        cells.subtracting(profile.cells.map(\.name)).sorted()
    }
}

/// A policy file as read, or what is wrong with it.
struct PolicyReading {
    let bytes: [UInt8]
    /// `nil` where it has errors.
    let policy: DecisionPolicy?
    private let name: String
    private let errors: [PolicyProblem]
    private let remarks: [String]

    init(_ path: String, terms: TermsOptions) throws(Problem) {
        let limit = PolicyLimits.fileBytes + 1
        let bytes =
            path == "-" ? try StandardInput.read(limit: limit) : try FileSystem.read(path, as: .open, limit: limit)
        try self.init(bytes, named: path == "-" ? "standard input" : path, terms: terms)
    }

    init(_ bytes: [UInt8], named name: String, terms: TermsOptions) throws(Problem) {
        (self.bytes, self.name) = (bytes, name)
        let names = try terms.terms()
        do throws(PolicyFailure) {
            let policy = try DecisionPolicy(parsing: bytes, terms: names) { SHA256.hash($0) }
            (self.policy, errors) = (policy, [])
            remarks = terms.missing(policy.cells).map {
                "\(name): warning: answers of the profile \(terms.profile.rawValue) do not tell \($0)"
            }
        } catch {
            (policy, errors, remarks) = (nil, error.problems, [])
        }
    }

    /// For standard error.
    var lines: [String] {
        errors.map { "\(name):\($0.place): error: \($0.message); \($0.hint)" }
            + (policy?.warnings ?? []).map { "\(name):\($0.place): warning: \($0.message); \($0.hint)" } + remarks
    }

    var text: String {
        guard let policy else { return "" }
        let warnings = policy.warnings.count + remarks.count
        return "\"\(policy.name)\" version \(policy.version): \(policy.rules.count) rules over "
            + "\(policy.cells.count) statistics, else \(policy.otherwise.rawValue); \(warnings) warnings.\n"
            + "digest \(policy.digest.value.hex)\n"
    }

    var json: JSON {
        .object([
            "valid": .bool(policy != nil), "name": .optional(policy?.name), "version": .optional(policy?.version),
            "digest": .optional(policy?.digest.value.hex), "rules": .optional(policy?.rules.count),
            "cells": policy.map { .strings($0.cells.sorted()) }, "errors": .array(errors.map(\.json)),
            "warnings": .array((policy?.warnings ?? []).map(\.json)), "remarks": .strings(remarks),
        ])
    }
}

extension PolicyProblem {
    fileprivate var json: JSON {
        .object([
            "line": .number(place.line), "column": .number(place.column), "message": .string(message),
            "hint": .string(hint),
        ])
    }
}
