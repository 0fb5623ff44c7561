/// The statuses of an answer (DOMAIN §5), and the words by which a policy asks about an answer as a whole.
enum AnswerStatus {
    /// With these the node said what it knows; with the others it said nothing about the person.
    static let answered: Set<String> = ["found", "noRecord"]
    static let names = ["found", "noRecord", "notEnoughIdentifiers", "notEntitled", "wrongPurpose", "unavailable"]
    static let words: Set<String> = ["any", "at", "finding", "status", "truncated", "score", "confidence"]
}
