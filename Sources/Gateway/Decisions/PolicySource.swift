internal import Decisions
internal import Lending
internal import Records
internal import Registry
internal import Sodium
internal import Vocabulary

/// A decision policy and the file that it comes from, as last read and understood.
struct PolicySource: Sendable {
    /// `nil` for the policy that ships.
    let path: String?
    private(set) var text: String
    private(set) var policy: DecisionPolicy
    /// Why what the file holds now is not in force.
    private(set) var problem: Problem?
    private var stamp: FileStamp?
    private var registry: Int

    /// - Throws: `configurationInvalid`, saying line and column.
    init(_ path: String, under version: RegistryVersion) throws(Problem) {
        self.path = path
        // The stamp before the content: a change in between is seen at the next look.
        stamp = FileSystem.stamp(of: path)
        registry = version.number
        let bytes = try Self.read(path)
        text = String(decoding: bytes, as: UTF8.self)
        policy = try DecisionPolicy.read(bytes, under: version.policy, .configurationInvalid)
    }

    private init(shipped policy: DecisionPolicy) {
        (path, self.policy, registry) = (nil, policy, 0)
        text = String(decoding: DecisionPolicy.shippedText, as: UTF8.self)
    }

    /// The policy that ships. It has to stand under every registry, so codes that a registry lacks just never fire.
    static let shipped: PolicySource = {
        do {
            let terms = PolicyTerms(cells: .catalogue)
            return PolicySource(
                shipped: try DecisionPolicy(parsing: DecisionPolicy.shippedText, terms: terms) { SHA256.hash($0) })
        } catch {
            preconditionFailure("The decision policy that is built in cannot be read: \(error)")
        }
    }()

    /// Reads the file again if it changed, or if the registry did, whose codes a policy names. What cannot be used
    /// leaves the policy as it was.
    ///
    /// - Returns: whether there was anything new.
    mutating func look(under version: RegistryVersion) -> Bool {
        guard let path else { return false }
        let stamp = FileSystem.stamp(of: path)
        guard stamp != self.stamp || registry != version.number else { return false }
        (self.stamp, registry) = (stamp, version.number)
        let digest = policy.digest
        let hadProblem = problem != nil
        do throws(Problem) {
            let bytes = try Self.read(path)
            policy = try DecisionPolicy.read(bytes, under: version.policy, .configurationInvalid)
            (text, problem) = (String(decoding: bytes, as: UTF8.self), nil)
        } catch {
            problem = error
        }
        return problem != nil || hadProblem || policy.digest != digest
    }

    private static func read(_ path: String) throws(Problem) -> [UInt8] {
        try FileSystem.read(path, as: .open, limit: 1 << 17)
    }
}

extension DecisionPolicy {
    /// - Parameter code: what a policy that does not stand counts as.
    static func read(
        _ bytes: [UInt8], under policy: Policy, _ code: ErrorCode
    ) throws(Problem) -> DecisionPolicy {
        let terms = PolicyTerms(
            cells: .catalogue, codes: Lexicon(policy.reasonCodes.all.map(\.name.text)),
            findings: Lexicon(policy.lending.findings.map(\.code.text)),
            countBands: policy.countBands.lowerBounds.map { Int64($0) })
        do throws(PolicyFailure) {
            return try DecisionPolicy(parsing: bytes, terms: terms) { SHA256.hash($0) }
        } catch {
            throw Problem(
                code, "The decision policy does not stand: \(error)",
                hint: "Each line names a place as line:column; schemas/decisions/README.md is the language.",
                path: "policy")
        }
    }
}

extension Lexicon {
    /// The names of all statistics.
    fileprivate static let catalogue = Lexicon(
        contains: { (try? Catalogue.current.cell(named: $0)) != nil },
        nearest: { name in
            do throws(CellNameFailure) {
                _ = try Catalogue.current.cell(named: name)
                return nil
            } catch { return error.nearest.first }
        })
}
