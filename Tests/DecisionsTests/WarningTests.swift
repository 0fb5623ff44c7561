import Decisions
import Testing

@Suite("Warnings of a policy")
struct WarningTests {
    private func warnings(_ condition: String) throws -> [String] {
        try Samples.policy(when: condition).warnings.map(\.description)
    }

    @Test(
        "a threshold inside a band is pointed at, with the edges beside it",
        arguments: [
            ("exposure.others.openLenders >= 4", "2:51: 4 does not lie on an edge", 5),
            ("exposure.others.openLenders > 3", "2:50: 3 does not lie on an edge", 5),
            ("exposure.others.openLenders <= 8", "2:51: 8 does not lie on an edge", 10),
            ("exposure.others.openLenders == 3", "2:51: 3 does not lie on an edge", 3),
            ("exposure.others.openLenders >= 12", "2:51: 12 does not lie on an edge", 10),
            ("exposure.others.outstanding >= 3000", "2:51: 3000 does not lie on an edge", 2000),
            ("exposure.own.outstanding >= 3000", "2:48: 3000 does not lie on an edge", 5000),
            ("identity.daysSinceConflictingPair < 60d", "2:56: 60 does not lie on an edge", 90),
            ("application.others.subject.all.30d.shareOf180d >= 60", "2:70: 60 does not lie", 50),
            ("application.others.subject.all.360d.rise >= 2", "2:64: 2 does not lie on an edge", 1),
            ("application.others.subject.all.90d.meanPerActiveMonth >= 4", "2:77: 4 does not lie", 3),
            ("any signal with (age < 60)", "2:43: 60 does not lie on an edge", 30),
            ("any signal with (reporters >= 4)", "2:50: 4 does not lie on an edge", 3),
            ("any linkage with (otherSubjects >= 6)", "2:55: 6 does not lie on an edge", 10),
        ])
    func inside(_ condition: String, _ start: String, _ edge: Int) throws {
        let found = try warnings(condition)
        #expect(found.count == 1 && found[0].hasPrefix(start), "\(found)")
        let edges = found.first?.split(separator: ";").last?.split { !($0.isNumber || $0 == "-") } ?? []
        #expect(edges.contains("\(edge)"), "\(found)")
    }

    @Test(
        "a test that can go one way only is pointed at",
        arguments: [
            ("exposure.others.openLenders >= 0", "always"), ("exposure.own.openLoans < 0", "never"),
            ("exposure.own.worstBucket >= 5", "never"), ("exposure.own.worstBucket <= 4", "always"),
            ("score > 1000", "never"), ("score >= 0", "always"), ("score == 1001", "never"),
            ("application.others.max.all.30d.disagree > 1", "never"), ("any signal with (severity >= 6)", "never"),
            ("application.others.subject.all.30d.shareOf180d > 100", "never"),
            ("application.own.subject.all.90d.meanPerActiveMonth >= 1", "always"),
        ])
    func oneWay(_ condition: String, _ way: String) throws {
        let found = try warnings(condition)
        #expect(found.count == 1 && found[0].contains("is \(way) true; compare with"), "\(found)")
    }

    @Test(
        "a threshold on an edge, or on an own value, needs no word",
        arguments: [
            "exposure.others.openLenders >= 3", "exposure.others.openLenders < 5", "exposure.others.openLenders == 2",
            "exposure.others.openLenders > 4", "exposure.others.openLenders <= 9", "exposure.own.openLoans >= 4",
            "exposure.others.outstanding >= 2000", "identity.daysSinceConflictingPair < 90d",
            "exposure.others.worstBucket >= 3", "application.others.subject.all.360d.rise >= 1",
            "application.own.subject.all.all.daysSinceLast < 45", "any signal with (age < 30d and severity >= 4)",
            "score >= 333", "exposure.own.openLoans told",
        ])
    func none(_ condition: String) throws {
        #expect(try warnings(condition) == [])
    }

    @Test("the bands are the consortium's own")
    func bands() throws {
        let terms = PolicyTerms(cells: Lexicon(Samples.cells), countBands: [0, 1, 4])
        let rule = "rule A accept when exposure.others.openLenders >= "
        let text = { (threshold: Int) in "policy \"p\" version 1\n\(rule)\(threshold)\notherwise accept" }
        #expect(try Samples.policy(text(4), terms: terms).warnings.isEmpty)
        #expect(try Samples.policy(text(3), terms: terms).warnings.count == 1)
    }

    @Test("a warning's whole text")
    func text() throws {
        #expect(
            try warnings("exposure.others.openLenders >= 4") == [
                "2:51: 4 does not lie on an edge of the bands in which \"exposure.others.openLenders\" is told about "
                    + "others; inside its band the test stays undecided: compare by >= or < with an edge, here 3 or 5"
            ])
    }
}
