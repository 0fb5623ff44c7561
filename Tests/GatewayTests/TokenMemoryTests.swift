import ExchangeClient
import Sodium
import Testing
import Vocabulary

@testable import Gateway

@Suite("Tokens remembered while they are delivered")
struct TokenMemoryTests {
    static func inputs(_ range: Range<UInt8>) -> [KeyedInput] {
        range.map { KeyedInput(keyClass: .phone, bytes: [$0]) }
    }

    static func tokens(_ inputs: [KeyedInput], epoch: UInt32 = 1) -> Tokens {
        Tokens(epoch: KeyEpoch(epoch), Dictionary(uniqueKeysWithValues: inputs.map { ($0, .generator) }))
    }

    @Test("only what is missing has to be asked for")
    func missing() {
        var memory = TokenMemory()
        let inputs = Self.inputs(0..<5)
        #expect(memory.tokens(of: inputs) == nil)
        memory.keep(Self.tokens(Array(inputs[..<3])), for: inputs)
        #expect(memory.missing(of: inputs) == Array(inputs[3...]))
        memory.keep(Self.tokens(Array(inputs[3...])), for: inputs)
        #expect(memory.tokens(of: inputs)?.epoch == KeyEpoch(1))
    }

    @Test("another epoch makes it forget, by the registry's word or by the custodians'")
    func epochs() {
        var memory = TokenMemory()
        let inputs = Self.inputs(0..<2)
        memory.keep(Self.tokens(inputs), for: inputs)
        memory.require(KeyEpoch(1))
        #expect(memory.count == 2)
        memory.keep(Self.tokens([inputs[0]], epoch: 2), for: inputs)
        #expect(memory.missing(of: inputs) == [inputs[1]])
        memory.require(KeyEpoch(3))
        #expect(memory.count == 0)
    }

    @Test("what would be too much leaves the submission at hand alone")
    func bounded() {
        var memory = TokenMemory(limit: 10)
        for start in stride(from: 0, to: 200, by: 6) as StrideTo<UInt8> {
            let inputs = Self.inputs(start..<start + 6)
            memory.keep(Self.tokens(inputs), for: inputs)
            #expect(memory.count <= 10)
            #expect(memory.tokens(of: inputs) != nil)
        }
    }
}
