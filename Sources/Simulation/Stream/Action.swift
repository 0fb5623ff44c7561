internal import Records
internal import Vocabulary

/// What the simulation has planned.
enum Action {
    /// A person wants money; the count tells one wish of a person from the next.
    case wish(person: Int, count: Int)
    indirect case apply(ApplicationPlan)
    /// A loan reaches a stage, unless it has gone on since the turn at which this was planned.
    case step(Loan, LoanStage, turn: Int)
    case check(Loan, soft: Bool)
    indirect case tell(Telling)
    indirect case state(Statement)
    indirect case correct(Correction)
}

/// An event of a loan that is still to be told.
struct Telling {
    let loan: Loan
    var eventTime: Int64
    var event: LoanEvent
    var labels: [TruthLabel]
    /// Whether it puts a mistake right; such a one is not mistaken again.
    var isRetold = false
}

/// A report or a marker that is still to be made.
struct Statement {
    let code: ReasonCode
    let loan: Loan
    let eventTime: Int64
}

/// Something that is still to be said of an earlier record.
struct Correction {
    enum Kind {
        case retraction(RetractionReason)
        case amendment(Amendment)
        case dispute(DisputeGrounds)
        case outcome(DisputeOutcome.Outcome)
    }

    let record: RecordID
    /// Who furnished the record.
    let reporter: Int
    let person: Int
    let kind: Kind
    /// Drawn on for what the correction itself leaves open.
    var random: SimulationRandom
}
