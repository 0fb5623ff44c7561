package import Sodium
package import Vocabulary

/// One input of the oblivious function, with the class of the key that it goes under. Clear text: it never leaves the
/// process.
package struct KeyedInput: Hashable, Sendable, CustomStringConvertible {
    package let keyClass: KeyClass
    package let bytes: [UInt8]

    package init(keyClass: KeyClass, bytes: [UInt8]) {
        (self.keyClass, self.bytes) = (keyClass, bytes)
    }

    /// The class, never the content.
    package var description: String { "an input of the class \(keyClass.rawValue)" }
}

/// The tokens of some inputs, all of one epoch.
package struct Tokens: Sendable {
    package let epoch: KeyEpoch
    private let byInput: [KeyedInput: GroupElement]

    package init(epoch: KeyEpoch, _ byInput: [KeyedInput: GroupElement]) {
        (self.epoch, self.byInput) = (epoch, byInput)
    }

    /// `nil` for an input that was not asked for.
    package subscript(input: KeyedInput) -> GroupElement? { byInput[input] }
}

/// Why a custodian's evaluation was not used: what is logged and counted, and what a refusal names.
package struct CustodianFailure: Error, Equatable, Sendable {
    package let custodian: CustodianID
    package let problem: Problem

    package init(_ custodian: CustodianID, _ problem: Problem) {
        (self.custodian, self.problem) = (custodian, problem)
    }
}
