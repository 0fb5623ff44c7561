package import Linkage
internal import Records
package import Vocabulary

/// The node's facts in memory: what every look-up and every answer is made from.
///
/// A projection of the stored entries: `apply` in log order from an empty ledger gives the same value again. Numbers
/// are dense and in order of arrival; what is found by a random 128-bit key is found through `DenseIndex`. Records of
/// one loan hang on one case, so that later stages add an event and no links. Nothing is overwritten: what changes
/// keeps its history, so that the ledger can be seen as it was at any earlier size (`LedgerView`).
package struct Ledger: Sendable {
    /// An entry's number is its log index.
    package internal(set) var entries = DenseIndex()
    /// When each entry was received; never falling, whatever the clock did.
    package internal(set) var entryTimes: [Instant] = []
    package internal(set) var records = DenseIndex()
    package internal(set) var rows: [RecordRow] = []
    package internal(set) var contents: [LookupKey] = []
    package internal(set) var loans = DenseIndex()
    package internal(set) var loanCases: [UInt32] = []
    package internal(set) var cases: [CaseRow] = []
    package internal(set) var identifiers = DenseIndex()
    package internal(set) var identifierRows: [IdentifierRow] = []
    package internal(set) var links: [LinkRow] = []
    /// Reports and markers, by case.
    package internal(set) var statements: [UInt32: History<StatementState>] = [:]
    package internal(set) var reportCounts: [UInt16: History<ReportCounts>] = [:]
    package internal(set) var inquiries: [InquiryRow] = []
    package internal(set) var reservations: [History<ReservationState>] = []
    package internal(set) var watches: [LookupKey: WatchState] = [:]
    /// The members' watches over a loan, by its case.
    package internal(set) var watchesOfLoan: [UInt32: [RecordID]] = [:]
    /// How many watches each member has running.
    package internal(set) var watchCounts: [UInt16: Int] = [:]
    /// Who was told of a statement, by its case.
    package internal(set) var told: [UInt32: [Told]] = [:]
    package internal(set) var feeds: [UInt16: Feed] = [:]
    package internal(set) var casesOfMember: [UInt16: MemberCases] = [:]
    package internal(set) var names = NameTable()
    /// The rings' names and aliases, as they were given.
    package internal(set) var ringBook = RingBook()
    package internal(set) var ringAliases: [RingNumber: [RingNumber]] = [:]
    package internal(set) var linkageEvents: [LinkageEventRow] = []
    /// Public switchboards, by identifier.
    package internal(set) var seededHubs: [UInt32] = []
    /// What discoveries found, by the candidates' numbers.
    package internal(set) var candidates: [UInt32: RingCandidateState] = [:]
    package internal(set) var candidatesOfSubject: [UInt32: UInt32] = [:]
    package internal(set) var discoveryRuns: [DiscoveryRun] = []
    /// By log index, the registry versions that the log has.
    package internal(set) var registryVersions: [(logIndex: UInt32, version: UInt32)] = []

    package init() {}

    package var size: LedgerSize {
        LedgerSize(
            entries: UInt32(entries.count), identifiers: UInt32(identifiers.count), records: UInt32(rows.count),
            cases: UInt32(cases.count))
    }

    /// The newest registry version that the log has.
    package var registryVersion: UInt32 { registryVersions.last?.version ?? 0 }

    /// The registry version in force when the log held so many entries.
    package func registryVersion(at size: UInt32) -> UInt32 {
        registryVersions.last { $0.logIndex < size }?.version ?? 0
    }

    /// How many entries had been received by an instant.
    package func entryCount(at instant: Instant) -> UInt32 {
        var (low, high) = (0, entryTimes.count)
        while low < high {
            let middle = (low + high) / 2
            if entryTimes[middle] <= instant { low = middle + 1 } else { high = middle }
        }
        return UInt32(low)
    }
}

/// What the asker knew when it asked: its own name of the question, and the score it was told.
package struct InquiryRow: Hashable, Sendable {
    package let check: RecordID
    /// The stacking score in the answer, or `.max` where there was none.
    package let score: UInt16
    package let isApplication: Bool
}
