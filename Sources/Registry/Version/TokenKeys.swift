package import OPRF
package import Sodium
package import Vocabulary

/// The public side of the token keys of one epoch: one key a class, each shared t of n over the same custodians.
package struct TokenKeys: Equatable, Sendable {
    package let epoch: KeyEpoch
    /// How many custodians are needed for a token.
    package let threshold: Int
    /// One for every key class; each has exactly `threshold` commitments.
    package let commitments: [KeyClass: FeldmanCommitments]

    /// - Throws: the first class that has no key, or one of another threshold.
    package init(
        epoch: KeyEpoch, threshold: Int, commitments: [KeyClass: FeldmanCommitments]
    ) throws(DecodingFailure) {
        for keyClass in KeyClass.allCases {
            guard let key = commitments[keyClass] else { throw .malformed("there is no \(keyClass.rawValue) key") }
            guard key.threshold == threshold else {
                throw .malformed("the \(keyClass.rawValue) key has another threshold")
            }
        }
        (self.epoch, self.threshold, self.commitments) = (epoch, threshold, commitments)
    }

    package func publicKey(of keyClass: KeyClass) -> GroupElement { key(of: keyClass).publicKey }

    private func key(of keyClass: KeyClass) -> FeldmanCommitments {
        guard let key = commitments[keyClass] else {
            preconditionFailure("A set of token keys has a key of every class.")
        }
        return key
    }

    /// What a custodian with this index proves its evaluations against, for every class.
    package func publicShares(of index: ShareIndex) throws(OPRFFailure) -> [KeyClass: GroupElement] {
        var shares: [KeyClass: GroupElement] = [:]
        for (keyClass, key) in commitments { shares[keyClass] = try key.publicShare(of: index) }
        return shares
    }
}

extension TokenKeys {
    /// `[{"keyClass","publicKey","commitments"}]`, in the classes' order.
    var json: JSON {
        .array(
            KeyClass.allCases.map { keyClass in
                .object([
                    "keyClass": .string(keyClass.rawValue),
                    "publicKey": .string(publicKey(of: keyClass).value.base64),
                    "commitments": .strings(key(of: keyClass).elements.map(\.value.base64)),
                ])
            })
    }

    init(epoch: KeyEpoch, threshold: Int, _ keys: [JSON], path: String) throws(FieldFailure) {
        var commitments: [KeyClass: FeldmanCommitments] = [:]
        for (index, json) in keys.enumerated() {
            var reader = try ObjectReader(json, path: "\(path)[\(index)]")
            let keyClass = try reader.choice("keyClass", expected: "the key classes", KeyClass.init)
            guard commitments[keyClass] == nil else {
                throw reader.failure("keyClass", .malformed("a class that stands here already"))
            }
            let elements = try reader.elements("commitments", maximum: Sharing.maximumCount)
            let publicKey = try reader.parsed("publicKey", as: GroupElement.init(base64:))
            do throws(OPRFFailure) {
                commitments[keyClass] = try FeldmanCommitments(elements, threshold: threshold)
            } catch {
                throw reader.failure("commitments", .malformed("not one for each of the \(threshold) shares needed"))
            }
            guard elements[0] == publicKey else {
                throw reader.failure("publicKey", .malformed("not the first of its commitments"))
            }
            try reader.finish()
        }
        do throws(DecodingFailure) {
            try self.init(epoch: epoch, threshold: threshold, commitments: commitments)
        } catch {
            throw FieldFailure(path: path, rule: .malformed(error.explanation))
        }
    }
}

extension GroupElement {
    /// - Throws: what is not the base64 of a canonical element other than the identity.
    init(base64 text: String) throws(DecodingFailure) {
        let value = try Bytes32(Base64.decode(text))
        do throws(SodiumFailure) { try self.init(value) } catch { throw .notCanonical }
    }
}

extension ObjectReader {
    mutating func elements(_ name: String, maximum: Int) throws(FieldFailure) -> [GroupElement] {
        var elements: [GroupElement] = []
        for (index, json) in try array(name, maximum: maximum, minimum: 1).enumerated() {
            guard let text = json.string, let element = try? GroupElement(base64: text) else {
                throw FieldFailure(path: "\(path(of: name))[\(index)]", rule: .malformed("not a group element"))
            }
            elements.append(element)
        }
        return elements
    }
}
