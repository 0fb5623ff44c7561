import ConsortiumSupport
import Exchange
import HTTPEdge
import NodeService
import Records
import Registry
import Sodium
import Store
import Synchronization
import Vocabulary

/// What the node told of while a test ran.
final class RingReports: Sendable {
    private let state = Mutex<(accesses: [RingAccess], events: [String])>(([], []))

    var accesses: [RingAccess] { state.withLock { $0.accesses } }
    /// Of the kept graph, the latest last.
    var events: [String] { state.withLock { $0.events } }

    func note(_ access: RingAccess) { state.withLock { $0.accesses.append(access) } }

    func note(_ event: LinkageSnapshotFile.Event) {
        let text =
            switch event {
            case .kept(let size): "kept \(size)"
            case .used(let size): "used \(size)"
            case .notUsed(let reason): "not used: \(reason)"
            case .notKept(let reason): "not kept: \(reason)"
            }
        state.withLock { $0.events.append(text) }
    }
}

/// A consortium with rings in it, on a file, whose node keeps its graph beside.
struct RingConsortium {
    var stored: StoredConsortium
    let reports = RingReports()

    var consortium: NodeConsortium {
        get { stored.consortium }
        set { stored.consortium = newValue }
    }

    var snapshotPath: String { stored.path + ".linkage" }
    var node: NodeExchange { stored.consortium.running }

    init(search: DiscoveryJob.Search? = nil) throws {
        stored = try StoredConsortium()
        let (path, reports) = (snapshotPath, reports)
        let (keys, name, clock) = (stored.consortium.keys, stored.consortium.consortium, stored.consortium.clock)
        stored.consortium.configure = { configuration in
            configuration.snapshots = LinkageSnapshotFile(
                path: path, keys: keys, consortium: name, now: { clock.now }, report: reports.note)
            configuration.tellAccess = reports.note
            if let search { configuration.search = search }
        }
        try stored.restart()
    }

    /// People who share a device and a phone, each at a lender of its own.
    mutating func furnishRing(_ name: String, people: Int = 4) async throws {
        for number in 0..<people {
            try await consortium.furnish(
                .loan("\(name)-\(number)", .applied, of: Self.ringMember(name, number), at: consortium.now),
                by: number % 5)
        }
    }

    static func ringMember(_ name: String, _ number: Int) -> Person {
        Person("\(name)-\(number)", .nationalID).with(
            Invented(.device, "\(name)-device"), Invented(.phone, "\(name)-phone"))
    }

    /// An admin's next request.
    mutating func office(nonce: String? = nil) -> some RingOffice {
        let requester = consortium.lenders.requester(0, at: consortium.now, nonce: nonce)
        let (name, key) = consortium.lenders.sample.admins[0]
        return node.office(
            for: AdminRequester(name: name, keyID: key.keyID, nonce: requester.nonce, expires: requester.expires))
    }

    mutating func decide(
        _ decision: RingDecision.Decision, name: String? = nil
    ) async throws -> RingDecisionOutcome {
        let request = consortium.lenders.ringDecision(decision, at: consortium.now, name: name)
        return try await office().decide(request)
    }

    /// A search that finds the first four subjects, whatever the graph.
    static let firstFour: DiscoveryJob.Search = { _, _ in
        DiscoveryFindings(groups: [DiscoveryFindings.Group(subjects: [0, 1, 2, 3], score: 1)])
    }
}
