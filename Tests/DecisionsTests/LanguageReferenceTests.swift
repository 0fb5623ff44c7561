import TestSupport
import Testing

@testable import Decisions

/// The page for lenders says what the code does.
@Suite("Reference of the language")
struct LanguageReferenceTests {
    private let page: String

    init() throws { page = String(decoding: try Checkout.bytes("schemas/decisions/README.md"), as: UTF8.self) }

    @Test("its policies are policies, without a warning")
    func examples() throws {
        let blocks = page.components(between: "```policy\n", and: "```")
        #expect(blocks.count == 2)
        for block in blocks { #expect(try Samples.policy(block).warnings.isEmpty, "\(block.prefix(40))") }
    }

    @Test("its tables have every field and no other")
    func fields() {
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }
        let named = rows.map { String($0.dropFirst(3).prefix { $0 != "`" }) }
        #expect(named == ItemList.allCases.flatMap { $0.fields.map(\.name) })
    }

    @Test("it names every word of a closed list")
    func words() {
        for list in ItemList.allCases {
            for field in list.fields {
                switch field.kind {
                case .level(let words): for word in words { #expect(page.contains("`\(word)`"), "\(word)") }
                case .name(let words) where field.name != "kind":
                    for word in words { #expect(page.contains("`\(word)`"), "\(word)") }
                case .name, .number, .code, .family, .flag, .state: break
                }
            }
        }
        for status in AnswerStatus.names { #expect(page.contains("`\(status)`"), "\(status)") }
        for action in DecisionRule.Action.allCases { #expect(page.contains("`\(action.rawValue)`")) }
    }
}

extension String {
    fileprivate func components(between start: String, and end: String) -> [String] {
        ranges(of: start).compactMap { range in
            self[range.upperBound...].firstRange(of: end).map { String(self[range.upperBound..<$0.lowerBound]) }
        }
    }
}
