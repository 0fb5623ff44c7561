internal import Exchange
internal import Logging

// What the service's log says about rings: who looked at which, and what became of the kept graph. No person is in it.
extension Logger {
    @Sendable func tell(_ access: RingAccess) {
        var metadata: Metadata = ["admin": .string(access.admin), "what": .string(access.kind.rawValue)]
        if let ring = access.ring { metadata["ring"] = .string(ring.description) }
        notice("rings looked at", metadata: metadata)
    }

    @Sendable func tell(_ event: LinkageSnapshotFile.Event) {
        switch event {
        case .kept(let size): info("graph kept", metadata: ["entries": .stringConvertible(size)])
        case .used(let size): info("kept graph used", metadata: ["entries": .stringConvertible(size)])
        case .notUsed(let reason):
            warning("kept graph not used; it is built of all entries", metadata: ["reason": .string(reason)])
        case .notKept(let reason): warning("graph not kept", metadata: ["reason": .string(reason)])
        }
    }
}
