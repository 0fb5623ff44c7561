package import Records

extension LendingRules {
    /// - Parameter productNumber: the number that events carry for a product of the policy; `nil` if none does.
    package init(_ policy: Policy, productNumber: (ListedName) -> UInt16?) {
        var numbers: [String: UInt16] = [:]
        for product in policy.products { numbers[product.text] = productNumber(product) }
        self.init(
            offsetMinutes: policy.timeZone.offsetMinutes, runGapDays: policy.lending.runGapDays,
            shoppingDays: policy.lending.shoppingDays, liveApplicationDays: policy.liveApplicationDays,
            classes: policy.memberClasses, products: policy.products.map(\.text)) { numbers[$0] }
    }
}
