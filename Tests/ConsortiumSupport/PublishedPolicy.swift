package import Exchange
internal import Foundation
package import Records
package import Registry
internal import Synchronization
internal import TestSupport
package import Vocabulary

/// The policy as it stands in `schemas/policy`, and consortiums under it.
package enum PublishedPolicy {
    private static let samples = Mutex<[String: SampleConsortium]>([:])
    private static let policy = Mutex<Policy?>(nil)
    private static let compiled = Mutex<[Hash: AnswerRules]>([:])

    /// A chain's rules, compiled once for all tests.
    package static func rules(of chain: RegistryChain) throws(Problem) -> AnswerRules {
        if let rules = compiled.withLock({ $0[chain.currentHash] }) { return rules }
        let rules = try AnswerRules(chain)
        compiled.withLock { $0[chain.currentHash] = rules }
        return rules
    }

    package static func read() throws -> Policy {
        try policy.withLock { policy in
            if let policy { return policy }
            let read = try PolicyFile.read(Checkout.file("schemas/policy").path)
            policy = read
            return read
        }
    }

    /// A consortium founded long before any test's now. Its keys are made once for each size: making them is slow.
    package static func sample(members: Int, mode: ConsortiumMode = .demo) throws -> SampleConsortium {
        let policy = try read()
        return try samples.withLock { samples in
            let name = "\(members) \(mode)"
            if let sample = samples[name] { return sample }
            let sample = try SampleConsortium.make(
                members: members, mode: mode, now: TestClock.start.adding(days: -4000), policy: policy)
            samples[name] = sample
            return sample
        }
    }
}
