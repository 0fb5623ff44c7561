/// Chooses the characteristics to be fitted, the most telling first, and says of each other one why not.
struct Selection {
    enum Refusal: Hashable {
        case lowInformationValue
        case correlated(with: String)
        case beyondLimit
        case wrongSign

        var text: String {
            switch self {
            case .lowInformationValue: "low information value"
            case .correlated(let name): "correlated with \(name)"
            case .beyondLimit: "beyond the number of characteristics"
            case .wrongSign: "coefficient of the wrong sign"
            }
        }
    }

    private(set) var chosen: [Characteristic] = []
    private(set) var refused: [(characteristic: Characteristic, refusal: Refusal)] = []
    /// Not looked at yet, the most telling last.
    private var waiting: [Characteristic] = []
    private let limit: Int
    private let maximumCorrelation: Double
    private let correlation: WeightCorrelation

    /// In order of information value, equal ones by name.
    init(_ candidates: [Characteristic], options: TrainingOptions, limit: Int, correlation: WeightCorrelation) {
        (self.limit, self.correlation) = (limit, correlation)
        maximumCorrelation = options.maximumCorrelation
        let order = candidates.sorted {
            $0.informationValue != $1.informationValue
                ? $0.informationValue > $1.informationValue : $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        }
        let telling = order.prefix { $0.informationValue >= options.minimumInformationValue }
        refused = order.dropFirst(telling.count).map { ($0, .lowInformationValue) }
        waiting = telling.reversed()
        fill()
    }

    /// Those that no room was left for.
    var beyondLimit: [(characteristic: Characteristic, refusal: Refusal)] {
        waiting.reversed().map { ($0, .beyondLimit) }
    }

    /// Drops a chosen one; the next of those waiting takes its place.
    mutating func refuseForSign(at place: Int) {
        refused.append((chosen.remove(at: place), .wrongSign))
        fill()
    }

    private mutating func fill() {
        while chosen.count < limit, let candidate = waiting.popLast() {
            if let other = chosen.first(where: { abs(correlation($0, candidate)) > maximumCorrelation }) {
                refused.append((candidate, .correlated(with: other.name)))
            } else {
                chosen.append(candidate)
            }
        }
    }
}
