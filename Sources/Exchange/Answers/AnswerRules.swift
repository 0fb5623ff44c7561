package import Lending
package import Linkage
internal import Records
package import Registry
package import Vocabulary

/// One registry version as answers use it: its policy compiled once, its members by class.
package struct AnswerRules: Sendable {
    package let chain: RegistryChain
    package let lending: LendingRules
    package let scorecard: CompiledScorecard
    package let findings: CompiledFindings
    package let linkage: LinkageRules
    private let classes: [String: UInt8]
    private let products: [String: UInt16]

    /// - Throws: `configurationInvalid` where the policy's scorecard or findings name what is not counted.
    package init(_ chain: RegistryChain) throws(Problem) {
        let version = chain.current
        let policy = version.policy
        self.chain = chain
        linkage = LinkageRules(policy)
        var products: [String: UInt16] = [:]
        for (position, product) in policy.products.enumerated() { products[product.text] = UInt16(position + 1) }
        self.products = products
        lending = LendingRules(policy) { products[$0.text] }
        do throws(ScoringFailure) {
            scorecard = try CompiledScorecard(
                policy.scorecard, catalogue: .current, countBands: policy.countBands)
            findings = try CompiledFindings(
                policy.lending.findings, catalogue: .current, countBands: policy.countBands)
        } catch {
            throw Problem(
                .configurationInvalid, "The registry's policy does not compile: \(error)",
                hint: "Publish a registry version with a corrected scorecard or finding.")
        }
        var classes: [String: UInt8] = [:]
        for member in version.members {
            let index = policy.memberClasses.firstIndex { $0.name == member.memberClass }
            classes[member.id.name] = index.map { UInt8($0) }
        }
        self.classes = classes
    }

    var version: RegistryVersion { chain.current }
    var policy: Policy { chain.current.policy }

    /// The list of statistics of a name; the shortest for none.
    func profile(named name: String?) -> Profile {
        name.flatMap { Catalogue.current.profile(named: $0) } ?? Catalogue.current.profiles[0]
    }

    /// The member's class by its place in the policy's list; `nil` for a member that the registry does not have.
    func memberClass(of member: String) -> UInt8? { classes[member] }

    /// A product's number in statistics: its place in the policy's list from 1, or, for one that is no longer in it,
    /// one that is like no other. 0 for none.
    func product(named name: String, interned: UInt16) -> UInt16 {
        interned == 0 ? 0 : products[name] ?? UInt16(products.count) &+ 1 &+ interned
    }

    /// What an asker may be told about others at an instant, by the registry alone.
    func disclosure(to asker: MemberID, now: Instant) -> Disclosure {
        var others = [Int](repeating: 0, count: policy.memberClasses.count)
        var isAskerActive = false
        for member in version.activeMembers(at: now) {
            if member.id == asker {
                isAskerActive = true
            } else if let index = classes[member.id.name] {
                others[Int(index)] += 1
            }
        }
        return Disclosure(activeOthersByClass: others, isAskerActive: isAskerActive, policy: policy)
    }
}
