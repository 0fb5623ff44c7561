package import Records

/// What of the policy statistics need, made ready once for each registry version.
package struct LendingRules: Sendable {
    let offsetMilliseconds: Int64
    let runGapDays: Int64
    let shoppingMilliseconds: Int64
    let liveApplicationMilliseconds: Int64
    /// By the class's position in the policy.
    let classes: [MemberClass]
    /// Positions of product numbers among `products`; -1 for a number that the policy has no product for.
    private let productPositions: [Int16]
    let products: [String]

    /// - Parameter productNumber: the number that events carry for a product of the policy; `nil` if none does.
    package init(
        offsetMinutes: Int, runGapDays: Int, shoppingDays: Int, liveApplicationDays: Int, classes: [MemberClass],
        products: [String], productNumber: (String) -> UInt16?
    ) {
        offsetMilliseconds = Int64(offsetMinutes) * 60_000
        self.runGapDays = Int64(runGapDays)
        shoppingMilliseconds = Int64(shoppingDays) * millisecondsPerDay
        liveApplicationMilliseconds = Int64(liveApplicationDays) * millisecondsPerDay
        self.classes = classes
        self.products = products
        var positions: [Int16] = []
        for (position, product) in products.enumerated() {
            guard let number = productNumber(product).map(Int.init), number > 0 else { continue }
            while positions.count <= number { positions.append(-1) }
            positions[number] = Int16(position)
        }
        productPositions = positions
    }

    func position(ofProduct number: UInt16) -> Int? {
        guard number > 0, Int(number) < productPositions.count else { return nil }
        let position = productPositions[Int(number)]
        return position < 0 ? nil : Int(position)
    }
}

let millisecondsPerDay: Int64 = 86_400_000
