internal import Exchange
internal import ExchangeClient
internal import HTTPEdge
internal import Vocabulary

extension NodeWitness {
    /// A new reservation. Of the two members that reserve a person, the later one is told of the earlier.
    func reserve(_ number: Int) async throws(Problem) {
        let planned = reservations.reserve(number, madeAt: SystemTime.now())
        let answer = try await send(planned)
        guard let size = answer.payload["knownSize"]?.integer, answer.status == .held else {
            return testimony.violated("A reservation that is new is not held.")
        }
        testimony.reserved(
            Testimony.Reserved(
                planned: planned, knownSize: size, isToldOfOthers: answer.others.members.map { $0 != "0" }))
    }

    /// What was held before the node was killed can be confirmed after it, once and again.
    func confirm(_ reserved: Testimony.Reserved) async throws(Problem) {
        do throws(Problem) {
            let answer = try await send(reservations.confirm(reserved.planned, madeAt: SystemTime.now()))
            guard answer.status != .confirmed else { return }
            testimony.violated("Reservation \(reserved.planned.number) was held and is \(answer.status.rawValue).")
        } catch {
            guard error.code == .unknownRecord else { throw error }
            testimony.violated("Reservation \(reserved.planned.number) was told to be held and is not there.")
        }
    }

    private func send(_ planned: ReservationTraffic.Planned) async throws(Problem) -> VerifiedReservationAnswer {
        let envelope = try await client(of: reservations.memberIndex(of: planned.number)).reserve(planned.request)
        return try reservationAnswers.verify(envelope, asked: planned.asked, now: SystemTime.now())
    }
}
