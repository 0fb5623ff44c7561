package import Records

/// A scorecard of the policy with the cells it needs, in a profile or not, ready to be evaluated.
package struct CompiledScorecard: Sendable {
    package let card: Scorecard
    /// The characteristics' cells, each once.
    private let profile: Profile
    /// By characteristic: the place of its cell.
    private let places: [Int]

    /// - Throws: for a cell that the catalogue does not have, or an edge inside a band in which it is told of others.
    package init(_ card: Scorecard, catalogue: Catalogue, countBands: CountBands) throws(ScoringFailure) {
        var cells = CellList()
        for characteristic in card.characteristics {
            try cells.add(characteristic.cell, of: characteristic.code, in: catalogue)
            for edge in characteristic.bins.compactMap(\.below)
            where !characteristic.cell.mayPart(at: edge, under: countBands) {
                throw .insideBand(code: characteristic.code, edge: edge)
            }
        }
        self.card = card
        profile = Profile(name: card.name.text, cells: cells.cells)
        places = cells.places
    }

    /// The score as this asker may have it: what is not told to it counts nothing and gives no reason.
    package func score(_ subject: PreparedSubject, _ disclosure: Disclosure) -> Score {
        let values = subject.values(of: profile)
        var points = card.base
        var reasons: [Score.Reason] = []
        for (characteristic, place) in zip(card.characteristics, places) {
            guard disclosure.tells(profile.cells[place]) else { continue }
            let worth = characteristic.points(for: values[place].map { Int($0) })
            points += worth
            guard worth != 0 else { continue }
            reasons.append(
                Score.Reason(
                    code: characteristic.code, points: worth, cell: characteristic.cell.text,
                    labels: characteristic.labels))
        }
        reasons.sort { ($1.points.magnitude, $0.code) < ($0.points.magnitude, $1.code) }
        return Score(
            name: card.name.text, version: card.version, points: card.bounded(points),
            confidence: subject.confidence(disclosure), reasons: reasons)
    }
}

/// Why a policy's scorecard or finding cannot be evaluated.
package enum ScoringFailure: Error, Equatable, Sendable, CustomStringConvertible {
    case unknownCell(code: CodeName, CellNameFailure)
    case insideBand(code: CodeName, edge: Int)

    package var description: String {
        switch self {
        case .unknownCell(let code, let failure): "\(code): \(failure)"
        case .insideBand(let code, let edge):
            "\(code): \(edge) lies inside one of the bands in which others' values are told."
        }
    }
}

/// The cells that rules name, each once, and where each rule's stands.
struct CellList {
    private(set) var cells: [Cell] = []
    private(set) var places: [Int] = []

    mutating func add(
        _ reference: CellReference, of code: CodeName, in catalogue: Catalogue
    ) throws(ScoringFailure) {
        do throws(CellNameFailure) {
            let cell = try catalogue.cell(named: reference.text)
            let place = cells.firstIndex(of: cell) ?? cells.count
            if place == cells.count { cells.append(cell) }
            places.append(place)
        } catch {
            throw .unknownCell(code: code, error)
        }
    }
}

extension PreparedSubject {
    /// How much data there is, of what this asker may learn of: others' events count for no more than the least in
    /// the bands they are told in, so that the confidence tells nothing that the bands do not.
    fileprivate func confidence(_ disclosure: Disclosure) -> Score.Confidence {
        let own = extent(isOwn: true)
        let theirs = extent(isOwn: false)
        let others = disclosure.leastOfOthers(events: theirs.events, spanDays: theirs.spanDays)
        return Score.Confidence(
            events: own.events + others.events, spanDays: max(own.spanDays, others.spanDays))
    }

    /// How many events the asker, or all others, furnished, and the days from their first to their last.
    private func extent(isOwn: Bool) -> (events: Int, spanDays: Int) {
        var number = 0
        var days: (first: Int64, last: Int64)?
        for event in events where event.isOwn == isOwn {
            number += 1
            days = (days?.first ?? event.day, event.day)
        }
        return (number, days.map { Int($0.last - $0.first) } ?? 0)
    }
}
