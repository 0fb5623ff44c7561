internal import OPRF
package import Records
package import Sodium
package import Vocabulary

/// A whole invented consortium: registry, keys and shares, made in one call for the demo, benchmarks and tests.
///
/// Every key is fresh and every secret is in this value, which no real consortium ever has in one place.
package struct SampleConsortium: Sendable {
    package let chain: RegistryChain
    package let admins: [(name: String, key: SigningKey)]
    /// In the registry's order.
    package let members: [(id: MemberID, key: SigningKey)]
    package let logKey: SigningKey
    package let answerKey: SigningKey
    /// In the order of the custodians' indices.
    package let shares: [CustodianShares]

    package init(
        chain: RegistryChain, admins: [(name: String, key: SigningKey)], members: [(id: MemberID, key: SigningKey)],
        logKey: SigningKey, answerKey: SigningKey, shares: [CustodianShares]
    ) {
        (self.chain, self.admins, self.members) = (chain, admins, members)
        (self.logKey, self.answerKey, self.shares) = (logKey, answerKey, shares)
    }

    /// Where its services will listen.
    package struct Addresses: Sendable {
        package let node: ServiceURL
        package let custodians: [ServiceURL]

        package init(node: ServiceURL, custodians: [ServiceURL]) {
            (self.node, self.custodians) = (node, custodians)
        }

        /// The node on `port`, the custodians on the ports after it, all on the loopback interface.
        package static func loopback(from port: Int, custodians: Int) throws(DecodingFailure) -> Addresses {
            var urls: [ServiceURL] = []
            for offset in 0...custodians { urls.append(try ServiceURL("http://127.0.0.1:\(port + offset)")) }
            return Addresses(node: urls[0], custodians: Array(urls.dropFirst()))
        }
    }

    /// - Parameters:
    ///   - members: how many lenders; their classes follow the policy's list.
    ///   - admins: how many admins, of whom `adminThreshold` must sign a change.
    ///   - addresses: one for each custodian; by default ports from 7400 on of the loopback interface.
    package static func make(
        consortium: String = "demo", members: Int = 5, custodians: Int = 3, threshold: Int = 2, admins: Int = 1,
        adminThreshold: Int = 1, mode: ConsortiumMode = .demo, now: Instant, policy: Policy,
        addresses: Addresses? = nil
    ) throws(Problem) -> SampleConsortium {
        do {
            let addresses = try addresses ?? .loopback(from: 7400, custodians: custodians)
            let seats = try addresses.custodians.enumerated().map { position, url in
                Ceremony.Seat(id: try CustodianID("custodian-\(position + 1)"), url: url)
            }
            let ceremony = try Ceremony.deal(
                consortium: consortium, epoch: KeyEpoch(1), threshold: threshold, seats: seats)
            let admins = (1...admins).map { (name: "admin-\($0)", key: SigningKey.generate()) }
            let members = try (0..<members).map { (id: try memberID($0), key: SigningKey.generate()) }
            let logKey = SigningKey.generate(), answerKey = SigningKey.generate()
            let version = RegistryVersion(
                consortium: consortium, mode: mode, madeAt: now,
                log: try LogIdentity(origin: "counterfoil.invalid/\(consortium)", publicKey: logKey.publicKey),
                node: NodeIdentity(name: "node", url: addresses.node, answerKey: answerKey.publicKey),
                tokenKeys: ceremony.outcome.tokenKeys, custodians: ceremony.outcome.custodians,
                admins: admins.map { Admin(name: $0.name, publicKey: $0.key.publicKey) },
                adminThreshold: adminThreshold, members: registered(members, policy: policy, now: now),
                policy: policy, changeNote: "An invented consortium.")
            var draft = try DraftVersion(founding: version)
            for admin in admins.prefix(adminThreshold) { try draft.sign(with: admin.key, following: nil) }
            return SampleConsortium(
                chain: try draft.publish(following: nil, now: now), admins: admins, members: members,
                logKey: logKey, answerKey: answerKey, shares: ceremony.shares)
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(.configurationInvalid, "A sample consortium cannot be made with these names and numbers.")
        }
    }

    private static func registered(
        _ members: [(id: MemberID, key: SigningKey)], policy: Policy, now: Instant
    ) -> [Member] {
        members.enumerated().map { position, member in
            Member(
                id: member.id, memberClass: policy.memberClasses[position % policy.memberClasses.count].name,
                keys: [MemberKey(publicKey: member.key.publicKey, validFrom: now)], admittedAt: now)
        }
    }

    private static func memberID(_ position: Int) throws(DecodingFailure) -> MemberID {
        let names = ["north-bank", "east-finance", "south-credit", "west-micro", "harbour-auto"]
        return try MemberID(position < names.count ? names[position] : "lender-\(position + 1)")
    }

    package func key(of member: MemberID) -> SigningKey? { members.first { $0.id == member }?.key }

    /// The registry after another change, signed by all the sample's admins.
    package func changed(
        at now: Instant, note: String = "A change to the sample.",
        _ change: (inout RegistryVersion) throws(Problem) -> Void
    ) throws(Problem) -> SampleConsortium {
        var draft = try DraftVersion(following: chain, madeAt: now, note: note, change: change)
        for admin in admins { try draft.sign(with: admin.key, following: chain) }
        do throws(RegistryFailure) {
            return SampleConsortium(
                chain: try draft.publish(following: chain, now: now), admins: admins, members: members,
                logKey: logKey, answerKey: answerKey, shares: shares)
        } catch {
            throw Problem(error)
        }
    }
}
