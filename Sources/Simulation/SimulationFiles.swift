package import Vocabulary

// What `counterfoil simulate` writes: one JSON document a line, in the order of receipt.
extension Simulation {
    package static let eventsFile = "events.ndjson"
    package static let truthFile = "truth.ndjson"
    package static let membersFile = "members.json"

    /// `{"members":[{"member","memberClass","weight"}…]}`.
    package var membersDocument: JSON { .object(["members": .array(members.map(\.json))]) }

    /// Plays the simulation to its end and hands out the events' lines, each with its line break, in pieces.
    ///
    /// - Parameter progress: called with every piece; the events so far and the simulated instant reached.
    /// - Returns: the number of events.
    package func writeNDJSON<Failure: Error>(
        to write: ([UInt8]) throws(Failure) -> Void, progress: (Int, Instant) -> Void = { _, _ in }
    ) throws(Failure) -> Int {
        var piece: [UInt8] = []
        piece.reserveCapacity(Self.pieceBytes + 8192)
        var count = 0
        while let event = next() {
            piece += event.line.bytes
            piece.append(UInt8(ascii: "\n"))
            count += 1
            if piece.count >= Self.pieceBytes {
                try write(piece)
                piece.removeAll(keepingCapacity: true)
                progress(count, event.receivedTime)
            }
        }
        if !piece.isEmpty { try write(piece) }
        progress(count, parameters.end)
        return count
    }

    /// Hands out the truth file: a line for every person of whom there is more to tell than that it borrows.
    package func writeTruth<Failure: Error>(to write: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
        var piece: [UInt8] = []
        for person in 0..<parameters.persons + staffCount {
            guard let truth = truth(of: person) else { continue }
            piece += truth.json.bytes
            piece.append(UInt8(ascii: "\n"))
            if piece.count >= Self.pieceBytes {
                try write(piece)
                piece.removeAll(keepingCapacity: true)
            }
        }
        if !piece.isEmpty { try write(piece) }
    }

    /// What there is to tell of a person; `nil` for one like most.
    ///
    /// Lenders' staff are numbered after the population.
    package func truth(of person: Int) -> PersonTruth? {
        person < parameters.persons ? population.truth(of: person) : truth(ofStaff: person)
    }

    /// How many loan officers there are; none in a world without communities.
    package var staffCount: Int {
        parameters.communities ? memberList.staff(0, of: memberList.all.count) : 0
    }

    private func truth(ofStaff person: Int) -> PersonTruth {
        let first = memberList.all.indices.contains { parameters.persons + memberList.staff(0, of: $0) == person }
        return PersonTruth(
            person: person, labels: first ? [.colludingStaff] : [.staff], ring: nil, community: nil, strikesAt: nil,
            nationalIDs: [IdentifierRange.nationalID(person * 2)], phones: [])
    }

    private static let pieceBytes = 1 << 18
}
