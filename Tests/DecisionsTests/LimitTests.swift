import Decisions
import Testing

@Suite("Limits of a policy file")
struct LimitTests {
    private func rules(_ count: Int, _ condition: String = "truncated") -> String {
        let rules = (0..<count).map { "rule R\($0) accept when \(condition)" }
        return "policy \"p\" version 1\n\(rules.joined(separator: "\n"))\notherwise accept"
    }

    @Test("two hundred rules are taken, one more is refused with its line")
    func ruleCount() throws {
        #expect(try Samples.policy(rules(200)).rules.count == 200)
        #expect(
            Samples.problems(rules(201)) == ["202:1: the policy has more than 200 rules; join or drop some"])
    }

    @Test("a file of 65,536 bytes is taken, one more is refused")
    func size() throws {
        let text = rules(1) + "\n#"
        let full = text + String(repeating: "x", count: PolicyLimits.fileBytes - text.utf8.count)
        #expect(try Samples.policy(full).rules.count == 1)
        #expect(Samples.problems(full + "x").first?.hasPrefix("1:1: the file has more than 65536 bytes") == true)
    }

    @Test("sixteen levels are taken, one more is refused", arguments: [("(", ")"), ("not ", "")])
    func depth(_ open: String, _ close: String) throws {
        func nested(_ levels: Int) -> String {
            String(repeating: open, count: levels) + "truncated" + String(repeating: close, count: levels)
        }
        #expect(try Samples.policy(rules(1, nested(15))).rules.count == 1)
        let found = Samples.problems(rules(1, nested(16)))
        #expect(
            found == [
                "2:\(21 + 16 * open.utf8.count): the condition is nested too deeply; "
                    + "keep to 16 levels, or divide the rule"
            ])
        #expect(Samples.problems(rules(1, nested(5_000))).count == 1)
    }

    @Test("two thousand tests are taken, one more is refused")
    func tests() throws {
        let ten = Array(repeating: "truncated", count: 10).joined(separator: " or ")
        #expect(try Samples.policy(rules(200, ten)).rules.count == 200)
        let more = rules(199, ten).replacing("otherwise", with: "rule X accept when \(ten) or truncated\notherwise")
        #expect(Samples.problems(more).first?.hasPrefix("201:150: the policy has more than 2000 tests") == true)
    }

    @Test("sixty-four names are taken, one more is refused")
    func names() throws {
        let terms = PolicyTerms(cells: Lexicon(Samples.cells))
        func text(_ count: Int) -> String {
            rules(1, "any signal with (code in (\((0..<count).map { "C-\($0)" }.joined(separator: ", "))))")
        }
        #expect(try Samples.policy(text(64), terms: terms).rules.count == 1)
        #expect(Samples.problems(text(65), terms: terms).first?.contains("more than 64 names") == true)
    }

    @Test("a text of 300 characters is taken, one more is refused")
    func texts() throws {
        func text(_ count: Int) -> String {
            "policy \"\(String(repeating: "保", count: count))\" version 1\n"
                + "rule A accept when truncated\notherwise accept"
        }
        #expect(try Samples.policy(text(300)).name.count == 300)
        #expect(Samples.problems(text(301)) == ["1:8: the text is too long; keep it to 300 characters"])
    }
}
