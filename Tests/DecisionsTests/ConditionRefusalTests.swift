import Decisions
import Testing

/// What a condition may have wrong. Every condition starts at 2:20.
@Suite("A condition that is refused")
struct ConditionRefusalTests {
    private func problems(_ condition: String) -> [String] {
        let rule = "rule A refuse when \(condition) because \"aa\" en \"E\" zh \"Z\""
        return Samples.problems("policy \"p\" version 1\n\(rule)\notherwise accept")
    }

    @Test(
        "tests of an answer",
        arguments: [
            (
                "severity >= 4",
                "2:20: \"severity\" is not something to ask of an answer; ask it of a signal: any signal"
            ),
            ("otherSubjects >= 4", "2:20: \"otherSubjects\" is not something to ask of an answer; ask it of a linkage"),
            ("scroe >= 4", "2:20: \"scroe\" is not something to ask of an answer; did you mean \"score\"?"),
            ("nonsense", "2:20: \"nonsense\" is not something to ask of an answer; ask for any signal"),
            (
                "exposure.others.signedNotFundet >= 1",
                "2:20: unknown cell \"exposure.others.signedNotFundet\"; did you mean "
                    + "\"exposure.others.signedNotFunded\"?"
            ),
            ("a.b >= 1", "2:20: unknown cell \"a.b\"; look its name up in the catalogue of statistics"),
            ("exposure.others.openLenders", "2:48: expected a comparison, met \"because\"; write >=, >, <=, < or =="),
            ("exposure.others.openLenders = 1", "2:48: expected a comparison, met \"=\"; write == for \"equal\""),
            ("exposure.others.openLenders != 1", "2:48: expected a comparison, met \"!=\"; write \"not\" before"),
            ("exposure.others.openLenders is 1", "2:48: expected a comparison, met \"is\"; write == and a number"),
            ("exposure.others.openLenders >= high", "2:51: expected \"exposure.others.openLenders\", met \"high\""),
            ("exposure.others.openLenders >= 3d", "2:51: \"exposure.others.openLenders\" is not counted in days"),
            ("score >= 3d", "2:29: \"score\" is not counted in days; write 3 instead of 3d"),
            ("confidence >= strong", "2:34: \"strong\" is no level of \"confidence\"; write one of: low, medium, high"),
            ("confidence medium", "2:31: expected a comparison, met \"medium\""),
            ("confidence is 3", "2:34: expected a level of \"confidence\", met the number 3"),
            ("status is fuond", "2:30: \"fuond\" is no known status; did you mean \"found\"?"),
            ("status", "2:27: expected a name of \"status\", met \"because\"; write \"status is NAME\""),
            ("status == found", "2:27: \"status\" is not compared by \"==\"; write \"status is NAME\""),
            ("status in found", "2:30: expected \"(\", met \"found\"; list the names in parentheses"),
            ("status in (found noRecord)", "2:37: expected \")\", met \"noRecord\"; close the list, or put a comma"),
            ("status in ()", "2:31: expected a name of \"status\", met \")\""),
            ("status in (found,)", "2:37: expected a name of \"status\", met \")\""),
            ("finding STK-GAB", "2:28: \"STK-GAB\" is no known finding; did you mean \"STK-GAP\"?"),
            ("finding >= 2", "2:28: \"finding\" is not compared by \">=\""),
        ])
    func answer(_ condition: String, _ expected: String) {
        let found = problems(condition)
        #expect(found.first?.hasPrefix(expected) == true, "\(found)")
    }

    @Test(
        "tests of signals, findings and linkage",
        arguments: [
            ("any", "2:24: \"because\" is no list of the answer; write signal, finding, linkage"),
            ("any rumour", "2:24: \"rumour\" is no list of the answer"),
            ("at 2 signals", "2:23: expected \"least\", met the number 2; write: at least 2 signals with"),
            ("at least many signals", "2:29: expected the number after \"at least\", met \"many\""),
            ("at least 0 signals", "2:29: the number after \"at least\" cannot be 0; write a number from 1 to 1000"),
            ("any signal with severity >= 4", "2:36: expected \"(\", met \"severity\"; put what is asked of a signal"),
            ("any signal with (severity >= 4", "2:51: expected \")\", met \"because\"; close the parenthesis of"),
            ("any signal with ()", "2:37: expected a field of a signal, met \")\"; ask for one of: code, family"),
            ("any signal with (severty >= 4)", "2:37: a signal has no \"severty\"; did you mean \"severity\"?"),
            ("any signal with (members >= 4)", "2:37: a signal has no \"members\"; "),
            ("any linkage with (severity >= 4)", "2:38: a linkage has no \"severity\"; ask for one of: kind"),
            ("any finding with (code is STK-GAB)", "2:46: \"STK-GAB\" is no known code; did you mean \"STK-GAP\"?"),
            (
                "any signal with (own and score >= 4)",
                "2:45: a signal has no \"score\"; close the parenthesis of \"with\" before it"
            ),
            (
                "any signal with (own and exposure.others.openLenders >= 4)",
                "2:45: a signal has no \"exposure.others.openLenders\"; close the parenthesis"
            ),
            ("any signal with (any signal with (own))", "2:37: a signal has no \"any\"; close the parenthesis"),
            ("any signal with (own or disputed and own)", "2:53: \"and\" and \"or\" stand side by side"),
            ("any signal with (code is VIC-TAKEOVR)", "2:45: \"VIC-TAKEOVR\" is no known code; did you mean"),
            ("any signal with (code == FRD-DOC)", "2:42: \"code\" is not compared by \"==\"; write \"code is NAME\""),
            ("any signal with (match is perfect)", "2:46: \"perfect\" is no known match; look it up"),
            ("any signal with (kind in (phone, fax))", "2:53: \"fax\" is no known kind; look it up"),
            ("any signal with (evidence >= E5)", "2:49: \"E5\" is no level of \"evidence\"; write one of: E1, E2"),
            ("any signal with (evidence >= 3)", "2:49: expected a level of \"evidence\", met the number 3"),
            ("any signal with (severity is 4)", "2:46: expected a comparison, met \"is\"; write == and a number"),
            ("any signal with (severity >= 4d)", "2:49: \"severity\" is not counted in days"),
            ("any signal with (age < E3)", "2:43: expected \"age\", met \"E3\"; write a whole number"),
            ("any signal with (own is true)", "2:41: expected \")\", met \"is\""),
            ("any signal with (not)", "2:40: expected a field of a signal, met \")\""),
        ])
    func items(_ condition: String, _ expected: String) {
        let found = problems(condition)
        #expect(found.first?.hasPrefix(expected) == true, "\(found)")
    }

    @Test("one run tells several faults, in the order of the file, and goes on after each")
    func several() {
        let text = """
            policy "p" version 0
            rule A refuse when exposure.others.nothing >= 1 and any signal with (code is FRD-DOK and match is near)
              because "a" en "" zh "Z"
            rule B decline when truncated
            rubbish
            rule C refuse when (truncated because "cc" en "E" zh "Z"
            rule D accept when truncated
            otherwise perhaps
            """
        let places = Samples.problems(text).map { $0.prefix { $0 != " " } }
        #expect(
            places == ["1:20:", "2:20:", "2:78:", "2:99:", "3:11:", "3:18:", "4:8:", "6:31:", "8:11:"].map { $0[...] })
    }

    @Test("at most twenty are told")
    func twenty() {
        let rules = (1...40).map { "rule R\($0) decline when truncated" }.joined(separator: "\n")
        #expect(Samples.problems("policy \"p\" version 1\n\(rules)\notherwise accept").count == 20)
        #expect(Samples.problems(String(repeating: "&", count: 100)).count == 20)
    }
}
