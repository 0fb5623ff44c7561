internal import Records
internal import Vocabulary

/// What an application is for, which decides how it goes on.
enum Intent: Hashable, Sendable {
    case ordinary
    /// One of several for the same loan; one of them is taken.
    case shopping(isTaken: Bool)
    case stacking
    case ring
    /// At an agent's shop.
    case brokered(colludes: Bool)
    /// Borrowed new to repay old.
    case rollover
    /// From before the simulation began.
    case book
}

/// One loan on its way; shared by everything that is still to be told of it, and gone with the last of them.
final class Loan {
    let reference: String
    let person: Int
    let member: Int
    let product: Int
    let channel: LoanChannel
    let intent: Intent
    let own: OwnIdentifiers
    /// Who else stands in the application, where the world has communities.
    let related: [RelatedPerson]
    let amount: AmountBand
    let termMonths: Int
    let isPoorPayer: Bool
    let isNightly: Bool
    /// Milliseconds since 1970.
    let appliedAt: Int64
    var random: SimulationRandom
    var paid = 0
    /// The bucket of days past due it is in; 0 where nothing is overdue.
    var bucket = 0
    var stage: LoanStage?
    /// How many stages it has reached: what was planned before the last one is overtaken.
    var turn = 0
    /// The overdue loan that is repaid when this one's money comes.
    let repays: Loan?
    /// Whether the exchange was told of any stage: only the first told names the borrower.
    var isTold = false
    /// The report of this loan's being overdue, which a cure continues.
    var overdueReport: RecordID?

    init(
        reference: String, plan: ApplicationPlan, product: Int, own: OwnIdentifiers, related: [RelatedPerson],
        channel: LoanChannel?, person: Person, random: SimulationRandom
    ) {
        var random = random
        (self.reference, self.person, self.member, self.product) = (reference, person.number, plan.member, product)
        (intent, self.own, isPoorPayer, appliedAt) = (plan.intent, own, person.isPoorPayer, plan.time)
        self.related = related
        repays = plan.repays
        isNightly = person.archetype.isFraud
        let isOnline = own.device != nil
        let usual = isOnline ? .online : random.pick([LoanChannel.branch, .agent, .pointOfSale, .telephone, .other])
        self.channel = channel ?? usual
        amount = Self.bands[random.between(8, 17)]
        termMonths = random.pick([1, 3, 3, 6, 6, 12, 12, 12, 24, 36])
        self.random = random
    }

    /// What is due each month, with one per cent a month for the money.
    var instalment: AmountBand {
        AmountBand(containing: amount.lowerBound / UInt64(termMonths) + amount.lowerBound / 100)
    }

    var balance: AmountBand {
        AmountBand(containing: amount.lowerBound * UInt64(max(0, termMonths - paid)) / UInt64(termMonths))
    }

    private static let bands = (0..<AmountBand.count).compactMap { try? AmountBand(index: UInt8($0)) }
}

/// Somebody is going to apply somewhere.
struct ApplicationPlan {
    var person: Int
    var member: Int
    /// Milliseconds since 1970.
    var time: Int64
    var product: Int?
    var intent: Intent
    var repays: Loan?
}
