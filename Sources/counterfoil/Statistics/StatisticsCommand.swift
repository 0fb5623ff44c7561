import ArgumentParser
import Lending
import Vocabulary

struct StatisticsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statistics", abstract: "Say what the statistics of an answer are and mean.",
        discussion: """
            Every statistic has a name such as application.others.subject.all.30d.members. A check asks for a profile, \
            a published list of them. The names and what they mean are built in: no service is asked.

            Examples:
              counterfoil statistics list --profile standard
              counterfoil statistics explain application.others.subject.all.30d.members
            """,
        subcommands: [StatisticsList.self, StatisticsExplain.self, StatisticsMarkdown.self])
}

struct StatisticsList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List a profile's statistics in the order in which answers give them.")

    @Option(help: ArgumentHelp("Which list.", valueName: "profile"))
    var profile = ProfileName.summary

    @OptionGroup var output: OutputOptions

    func run() {
        Terminal.show(asJSON: output.asJSON, json, people: Self.table(of: profile.cells))
    }

    var json: JSON {
        .object([
            "catalogue": .number(Catalogue.current.version), "profile": .string(profile.rawValue),
            "cells": .array(profile.cells.map { CellMeaning($0).json }),
        ])
    }

    static func table(of cells: [Cell]) -> String {
        var table = Table("NAME", "TOLD AS", "MEANING")
        for cell in cells {
            let meaning = CellMeaning(cell)
            table.add(cell.name, cell.form.rawValue, meaning.english)
        }
        return table.text
    }
}

struct StatisticsExplain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say what a statistic counts, in English and Chinese.")

    @Argument(
        help: ArgumentHelp("The statistic's name, or several.", valueName: "name"),
        completion: .list(Catalogue.current.profiles.last?.names ?? []))
    var names: [String]

    @OptionGroup var output: OutputOptions

    func run() throws {
        let meanings = try names.map { name throws(Problem) in try CellMeaning(named: name) }
        let json = meanings.count == 1 ? meanings[0].json : .array(meanings.map(\.json))
        Terminal.show(asJSON: output.asJSON, json, people: meanings.map(\.text).joined(separator: "\n"))
    }
}

struct StatisticsMarkdown: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "markdown", abstract: "Write the whole catalogue as a page: schemas/statistics.md is this text.")

    func run() { Terminal.write(Catalogue.current.markdown) }
}
