internal import Synchronization
internal import Vocabulary

/// What is worked out once for a registry and shared by all copies of it: where members and keys stand in the current
/// version's list, and the document's bytes once somebody asked for them.
final class RegistryIndex: Sendable {
    private let members: [MemberID: Int]
    private let keys: [KeyID: Place]
    private let encoded = Mutex<[UInt8]?>(nil)

    struct Place {
        let member: Int
        let key: Int
    }

    init(_ list: [Member]) {
        var members: [MemberID: Int] = [:]
        var keys: [KeyID: Place] = [:]
        for (position, member) in list.enumerated() {
            members[member.id] = position
            for (index, key) in member.keys.enumerated() { keys[key.keyID] = Place(member: position, key: index) }
        }
        (self.members, self.keys) = (members, keys)
    }

    func position(of id: MemberID) -> Int? { members[id] }
    func place(of id: KeyID) -> Place? { keys[id] }

    func document(encoding encode: () -> [UInt8]) -> [UInt8] {
        encoded.withLock { encoded in
            if let encoded { return encoded }
            let bytes = encode()
            encoded = bytes
            return bytes
        }
    }
}
