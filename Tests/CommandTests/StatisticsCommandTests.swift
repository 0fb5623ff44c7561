import ArgumentParser
import Lending
import TestSupport
import Testing
import Vocabulary

@testable import counterfoil

@Suite("Statistics explained on the command line")
struct StatisticsCommandTests {
    @Test("a name is explained in both languages, with the profiles that have it")
    func explained() throws {
        let meaning = try CellMeaning(named: "application.others.subject.all.30d.members")
        #expect(meaning.profiles == ["summary", "standard", "full"] && meaning.json["aboutOthers"] == true)
        #expect(meaning.text.contains("English") && meaning.text.contains("机构数") && meaning.text.contains("in bands"))
        #expect(try CellMeaning(named: "exposure.own.openLoans").json["aboutOthers"] == false)
    }

    @Test(
        "a name that is none is refused with those written most alike",
        arguments: [
            "application.other.subject.all.30d.members", "exposure.others.openLoan", "", "nonsense",
        ])
    func unknown(name: String) throws {
        let problem = #expect(throws: Problem.self) { try CellMeaning(named: name) }
        #expect(problem?.code == .notFound)
        if name.contains(".") { #expect(problem?.hint?.contains(".") == true) }
    }

    @Test("the profiles that commands take are the catalogue's")
    func profiles() {
        #expect(ProfileName.allCases.map(\.rawValue) == Catalogue.current.profiles.map(\.name))
        #expect(ProfileName.full.cells.count > ProfileName.standard.cells.count)
    }

    @Test("a name of no profile is explained all the same")
    func outsideProfiles() throws {
        let meaning = try CellMeaning(named: "cured.own.subject.weekend.15d.count")
        #expect(meaning.profiles.isEmpty && meaning.text.contains("of no profile"))
    }

    @Test("a profile's list has every cell once, in the answers' order")
    func listed() throws {
        let command = try StatisticsList.parse(["--profile", "standard"])
        let cells = try #require(Catalogue.current.profile(named: "standard")).cells
        let names = command.json["cells"]?.array?.compactMap { $0["name"]?.string }
        #expect(names == cells.map(\.name) && Set(names ?? []).count == cells.count)
        #expect(StatisticsList.table(of: cells).split(separator: "\n").count == cells.count + 1)
        #expect(throws: (any Error).self) { try StatisticsList.parse(["--profile", "everything"]) }
    }
}
