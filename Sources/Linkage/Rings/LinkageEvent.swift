/// What the graph tells: facts about rings' names, to be stored with what caused them, and alerts about hubs.
package enum LinkageEvent: Hashable, Sendable {
    /// - Parameter from: the ring that it split off.
    case ringFounded(RingNumber, anchor: SubjectNumber, from: RingNumber?)
    /// The ring kept its name; the subject that it is known by is another.
    case ringAnchored(RingNumber, anchor: SubjectNumber)
    /// The first is from now on an alias of the second.
    case ringMerged(RingNumber, into: RingNumber)
    case ringEnded(RingNumber)
    /// More distinct subjects than the kind's cap share the identifier, or it was seeded.
    case demoted(IdentifierNumber, subjects: UInt32)
    /// The identifier's subjects are well below the cap again.
    case promoted(IdentifierNumber)
    /// Demoted already, and many new subjects within seven days.
    case hubBurst(IdentifierNumber, newSubjects: UInt32)
}
