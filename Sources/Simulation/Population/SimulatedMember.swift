package import Vocabulary

/// A lender of the simulated consortium.
package struct SimulatedMember: Hashable, Sendable {
    /// `m01` and so on, the largest first.
    package let name: String
    /// One of the policy's classes.
    package let memberClass: String
    /// How much business it does, against the others.
    package let weight: Int
    /// Positions in the policy's list of products.
    let products: [Int]
    /// Whether it tells of everything in the night after, and not at once.
    let reportsByNight: Bool

    package var json: JSON {
        .object(["member": .string(name), "memberClass": .string(memberClass), "weight": .number(weight)])
    }
}

/// The lenders, their sizes skewed as sizes are: the n-th does an n-th of the first one's business.
struct MemberList: Sendable {
    let all: [SimulatedMember]
    private let weights: [Int]
    private let total: Int

    init(count: Int, classes: [String], products: [String]) {
        all = (0..<count).map { index in
            let memberClass = classes[index % classes.count]
            let usual = Self.usualProducts[memberClass, default: []].compactMap(products.firstIndex)
            let number = String(index + 1)
            return SimulatedMember(
                name: "m" + String(repeating: "0", count: max(0, 2 - number.count)) + number, memberClass: memberClass,
                weight: max(1, 1000 / (index + 1)), products: usual.isEmpty ? Array(products.indices) : usual,
                reportsByNight: index % 3 == 1)
        }
        weights = all.map(\.weight)
        total = weights.reduce(0, +)
    }

    /// Its loan officers: the larger the lender the more, and three at least.
    func staffCount(of member: Int) -> Int { all[member].weight / 25 + 3 }

    /// The number of a loan officer among those of all members.
    func staff(_ officer: Int, of member: Int) -> Int { (0..<member).reduce(officer) { $0 + staffCount(of: $1) } }

    func pick(_ random: inout SimulationRandom) -> Int { random.pick(byWeight: weights, total: total) }

    /// Different members that have a product, at most so many; the smaller ones come to be asked too.
    func pick(_ count: Int, _ random: inout SimulationRandom) -> [Int] {
        var order = Array(all.indices)
        for index in order.indices.dropLast() {
            order.swapAt(index, random.between(index, order.count - 1))
        }
        return Array(order.prefix(count))
    }

    private static let usualProducts: [String: [String]] = [
        "bank": ["credit-card", "cash-loan", "mortgage", "business-loan", "credit-line"],
        "consumer-finance": ["cash-loan", "credit-line", "instalment"],
        "online-micro-credit": ["cash-loan", "credit-line"],
        "micro-credit": ["cash-loan", "business-loan"],
        "auto-finance": ["auto-loan"],
        "leasing": ["auto-lease", "other"],
        "instalment-platform": ["instalment", "student-loan"],
    ]
}
