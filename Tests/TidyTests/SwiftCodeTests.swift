import Testing

/// The reader that the rules rely on.
@Suite("Reading Swift for its rules")
struct SwiftCodeTests {
    private func code(_ text: String) -> [String] {
        SwiftCode(text).lines.map { $0.split(separator: " ").joined(separator: " ") }
    }

    @Test("comments and the text of literals are blanked, code stays")
    func blanked() {
        #expect(code("a // b\nc /* d /* e */\nf */ g") == ["a", "c", "g"])
        #expect(code(#"a("b // c", d)"#) == ["a( , d)"])
        #expect(code(##"a(#"b " c"#) + d"##) == ["a( ) + d"])
        #expect(code("a(\"\"\"\n  b \"c\" }\n  \"\"\") + d") == ["a(", "", ") + d"])
        #expect(code(#"a("b \"c\" d") + e"#) == ["a( ) + e"])
        #expect(code(#"x.matches(of: /"\{[a-z]/) + a / b"#) == ["x.matches(of: ) + a / b"])
        #expect(code("let a = #/b\"/# + c") == ["let a = + c"])
    }

    @Test("code inside a string is code")
    func interpolated() {
        #expect(code(#"a("b \(c.map { "d \(e(f)) g" }) h") + i"#) == ["a( c.map { e(f) } ) + i"])
        #expect(code(##"a(#"b \(c) \#(d) e"#)"##) == ["a( d )"])
    }

    @Test("a comment explains its own line and the two below")
    func explained() {
        let code = SwiftCode("a\n// b\nc\nd\ne")
        #expect((0..<5).map(code.isExplained) == [false, true, true, true, false])
    }

    @Test("a block is measured from its brace to its brace; a type is none")
    func blocks() {
        let code = SwiftCode(
            "struct A {\n  func b(_ c: () -> Void = { }) -> D {\n    if e {\n    }\n  }\n  var f: G { h }\n}\n")
        #expect(code.blocks.map(\.lineCount) == [1, 2, 4, 1])
        #expect(code.blocks.map(\.firstLine) == [2, 3, 2, 6])
    }
}
