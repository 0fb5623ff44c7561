import Decisions
import Testing

/// Everything that a policy file may have wrong, with its line, its column and the next step.
@Suite("A policy file that is refused")
struct LanguageRefusalTests {
    private static let because = "because \"aa\" en \"E\" zh \"Z\""
    private static let end = "otherwise accept"

    private func problems(inRule rule: String) -> [String] {
        Samples.problems("policy \"p\" version 1\n\(rule) \(Self.because)\n\(Self.end)")
    }

    @Test(
        "the header",
        arguments: [
            ("", "1:1: expected \"policy\", met the end of the file; start the file with: policy \"name\" version 1"),
            ("rule", "1:1: expected \"policy\", met \"rule\"; start the file with: policy \"name\" version 1"),
            ("policy p version 1", "1:8: expected the policy's name in quotation marks, met \"p\"; start the file"),
            ("policy \"\" version 1", "1:8: the policy's name is empty; start the file"),
            ("policy \"p\" 1", "1:12: expected \"version\", met the number 1; write the policy's version"),
            ("policy \"p\" version \"1\"", "1:20: expected the policy's version, met a text; write a whole number"),
            ("policy \"p\" version 0", "1:20: the policy's version cannot be 0; write a number from 1 to 1000000000"),
            ("policy \"p\" version -1", "1:20: the policy's version cannot be -1; write a number from 1"),
            ("policy \"p\" version 3d", "1:20: the policy's version is not counted in days; write 3 instead of 3d"),
            ("policy \"p\" version 1.5", "1:20: \"1.5\" is no number; write whole numbers, in days as 30d"),
        ])
    func header(_ text: String, _ expected: String) throws {
        let all = Samples.problems(text + "\nrule A accept when truncated\n\(Self.end)")
        let first = try #require(Samples.problems(text).first)
        #expect(first.hasPrefix(expected) && (text == "" || all.count == 1 || text == "rule"), "\(all)")
    }

    @Test(
        "characters and texts",
        arguments: [
            ("rule A review when truncated & truncated", "2:30: \"&\" cannot stand here; take it out"),
            ("rule A review when trüncated", "2:22: the character U+00FC cannot stand here; take it out"),
            ("rule A review when truncated ；", "2:30: the character U+FF1B cannot stand here"),
            ("rule A review when truncated # \u{202E}x\n", "2:32: the character U+202E cannot stand here"),
            ("rule A review when truncated \u{0}", "2:30: the character U+0000 cannot stand here"),
            ("rule A review when score >= 7.5", "2:29: \"7.5\" is no number"),
            ("rule A review when score >= -", "2:29: \"-\" is no number"),
            ("rule A review when score >= 30days", "2:29: \"30days\" is no number"),
            ("rule A review when score >= 99999999999999999999", "2:29: \"99999999999999999999\" is no number"),
            ("rule A review when score >= 9999999999999999", "2:29: the number is too large; write at most"),
        ])
    func characters(_ rule: String, _ expected: String) {
        let found = problems(inRule: rule)
        #expect(found.contains { $0.hasPrefix(expected) }, "\(found)")
    }

    @Test(
        "reasons",
        arguments: [
            ("", "3:1: a rule that may refuse needs a reason here; write: because \"code\" en \"…\" zh \"…\""),
            ("unknown review", "2:30: a rule that may refuse needs a reason here"),
            ("because", "3:1: expected the reason's code in quotation marks, met \"otherwise\""),
            ("because a en \"E\" zh \"Z\"", "2:38: expected the reason's code in quotation marks, met \"a\""),
            ("because \"A\" en \"E\" zh \"Z\"", "2:38: the reason's code is not valid; use 2 to 32 of a-z"),
            ("because \"a\" en \"E\" zh \"Z\"", "2:38: the reason's code is not valid"),
            ("because \"9a\" en \"E\" zh \"Z\"", "2:38: the reason's code is not valid"),
            ("because \"a b\" en \"E\" zh \"Z\"", "2:38: the reason's code is not valid"),
            ("because \"ab\" zh \"Z\" en \"E\"", "2:43: expected \"en\", met \"zh\""),
            ("because \"ab\" en \"E\"", "3:1: expected \"zh\", met \"otherwise\""),
            ("because \"ab\" en \"\" zh \"Z\"", "2:46: the English words of the reason are missing"),
            ("because \"ab\" en \"E\" zh \" \"", "2:53: the Chinese words of the reason are missing"),
            ("because \"ab\" en \"E zh \"Z\"", "2:53: expected \"zh\", met \"Z\""),
            ("because \"ab\" en \"E", "2:46: the text does not end on its line; close it with a quotation mark"),
            ("because \"ab\" en \"E\u{200B}\" zh \"Z\"", "2:48: the character U+200B cannot stand here"),
            ("because \"ab\" en \"E\" zh \"Z\" unknown", "3:1: expected \"review\", met \"otherwise\""),
            ("because \"ab\" en \"E\" zh \"Z\" unknown refuse", "2:65: expected \"review\", met \"refuse\""),
            ("because \"ab\" en \"E\" zh \"Z\" and truncated", "2:57: \"and\" starts no rule; start the next rule"),
        ])
    func reasons(_ tail: String, _ expected: String) {
        let found = Samples.problems("policy \"p\" version 1\nrule A refuse when truncated \(tail)\n\(Self.end)")
        #expect(found.contains { $0.hasPrefix(expected) }, "\(found)")
    }

    @Test(
        "a rule's form",
        arguments: [
            ("rule", "2:6: expected the rule's name, met \"because\"; name the rule after \"rule\""),
            ("rule 7 refuse when truncated", "2:6: expected the rule's name, met the number 7"),
            ("rule when refuse truncated", "2:6: expected the rule's name, met \"when\""),
            ("rule A when truncated", "2:8: \"when\" is no action; write accept, review, hold or refuse"),
            ("rule A decline when truncated", "2:8: \"decline\" is no action; write accept"),
            ("rule A refuse truncated", "2:15: expected \"when\", met \"truncated\"; write the rule's condition"),
            ("rule A refuse when", "2:20: expected a test, met \"because\"; ask for a signal"),
            ("rule A refuse when not", "2:24: expected a test, met \"because\""),
            ("rule A refuse when truncated or", "2:33: expected a test, met \"because\""),
            ("rule A refuse when or truncated", "2:20: expected a test, met \"or\""),
            ("rule A refuse when (truncated", "2:31: expected \")\", met \"because\"; close the parenthesis"),
            ("rule A refuse when truncated)", "2:29: \")\" does not continue the condition; join tests with \"and\""),
            ("rule A refuse when truncated truncated", "2:30: \"truncated\" does not continue the condition"),
            ("rule A refuse when ()", "2:21: expected a test, met \")\""),
            (
                "rule A refuse when truncated and truncated or truncated",
                "2:44: \"and\" and \"or\" stand side by side; put parentheses around what belongs together"
            ),
            ("rule \(String(repeating: "A", count: 33)) refuse when truncated", "2:6: the rule's name is too long"),
        ])
    func form(_ rule: String, _ expected: String) {
        let found = problems(inRule: rule)
        #expect(found.first?.hasPrefix(expected) == true, "\(found)")
    }

    @Test(
        "otherwise",
        arguments: [
            ("", "4:1: the policy has no \"otherwise\"; end it with \"otherwise accept\""),
            ("otherwise", "4:1: the end of the file is no outcome; write accept, review or refuse"),
            ("otherwise hold", "3:11: \"hold\" is no outcome; write accept, review or refuse after \"otherwise\""),
            ("otherwise refuse", "4:1: \"otherwise refuse\" needs a reason here; write: because"),
            ("otherwise review", "4:1: \"otherwise review\" needs a reason here; write: because"),
            ("otherwise accept\notherwise accept", "4:1: \"otherwise\" stands on line 3 already; keep one of the two"),
            ("otherwise accept\nrule B accept when truncated", "4:1: a rule stands after \"otherwise\"; move it above"),
            ("otherwise accept when truncated", "3:18: \"when\" starts no rule; start the next rule with \"rule\""),
        ])
    func otherwise(_ end: String, _ expected: String) {
        let found = Samples.problems("policy \"p\" version 1\nrule A accept when truncated\n\(end)\n")
        #expect(found.contains { $0.hasPrefix(expected) }, "\(found)")
    }

    @Test("a policy without a rule is refused: it would accept everything")
    func empty() {
        #expect(
            Samples.problems("policy \"p\" version 1\notherwise accept")
                == ["2:17: the policy has no rule; write at least one rule before \"otherwise\""])
    }

    @Test("bytes that are no UTF-8 are refused with their place")
    func encoding() {
        let bytes = Array("policy \"p\" version 1\n# 保".utf8) + [0xFF] + Array("\n".utf8)
        let failure = #expect(throws: PolicyFailure.self) {
            try DecisionPolicy(parsing: bytes, terms: Samples.terms, hash: Samples.hash)
        }
        #expect(failure?.description == "2:4: the file is not UTF-8 here; save it as UTF-8")
    }

    @Test("a rule's and a reason's second meaning are refused")
    func twice() {
        let rules = """
            rule A review when truncated because "aa" en "E" zh "Z"
            rule A review when truncated because "aa" en "F" zh "Z"
            """
        #expect(
            Samples.problems("policy \"p\" version 1\n\(rules)\n\(Self.end)") == [
                "3:6: a rule \"A\" stands on line 2 already; give every rule its own name",
                "3:38: the reason \"aa\" has other words elsewhere; give one code the same words everywhere",
            ])
    }
}
