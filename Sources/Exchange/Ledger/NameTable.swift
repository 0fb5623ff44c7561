/// Short names (members, products) as small numbers; 0 is "none".
package struct NameTable: Hashable, Sendable {
    private var names: [String] = [""]
    private var numbers: [String: UInt16] = ["": 0]

    package func name(_ number: UInt16) -> String { names[Int(number)] }
    package func number(of name: String) -> UInt16? { numbers[name] }

    package mutating func intern(_ name: String) -> UInt16 {
        if let known = numbers[name] { return known }
        precondition(names.count < Int(UInt16.max), "Names come from the registry's closed lists.")
        let number = UInt16(names.count)
        names.append(name)
        numbers[name] = number
        return number
    }
}
