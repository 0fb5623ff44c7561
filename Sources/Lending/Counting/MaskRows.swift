internal import Records
internal import Vocabulary

/// Where in a subject's table of bits each dimension's value stands: a row for a value, a bit for an event.
enum MaskRows {
    static let stages = 0
    static let splits = stages + CellStage.allCases.count
    static let kinds = splits + CellSplit.allCases.count
    /// The row without a bit, for classes and products that the policy does not list.
    static let none = kinds + CellKind.allCases.count
    static let all = none + 1
    static let bank = none + 2
    static let nonBank = none + 3
    static let night = none + 4
    static let weekend = none + 5
    static let classes = none + 6

    static func products(_ rules: LendingRules) -> Int { classes + rules.classes.count }
    static func count(_ rules: LendingRules) -> Int { products(rules) + rules.products.count }

    static func row(of stage: CellStage) -> Int { stages + (CellStage.allCases.firstIndex(of: stage) ?? 0) }
    static func row(of split: CellSplit) -> Int { splits + (split == .own ? 0 : 1) }
    static func row(of kind: CellKind) -> Int { kinds + (CellKind.allCases.firstIndex(of: kind) ?? 0) }

    static func row(of segment: CellSegment, _ rules: LendingRules) -> Int {
        switch segment {
        case .all: all
        case .bank: bank
        case .nonBank: nonBank
        case .night: night
        case .weekend: weekend
        case .memberClass(let name):
            rules.classes.firstIndex { $0.name.text == name }.map { classes + $0 } ?? none
        case .product(let name): rules.products.firstIndex(of: name).map { products(rules) + $0 } ?? none
        }
    }

    /// By an event's stage number: the row of the cells' stage; -1 for those that no cell counts by themselves.
    static let rowOfStage: [Int] = {
        var rows = [Int](repeating: -1, count: 256)
        for stage in CellStage.allCases {
            if let number = stage.loanStage?.rawValue { rows[Int(number)] = row(of: stage) }
        }
        rows[Int(LendingEvent.inquiryStage)] = row(of: .inquiry)
        return rows
    }()

    static let application = row(of: .application)
    static let committed = row(of: .committed)
    static let own = row(of: .own)
    static let others = row(of: .others)
    static let subject = row(of: .subject)
}
