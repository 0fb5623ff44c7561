package import Records
package import Sodium
package import Vocabulary

/// What a custodian offers a member: blinded elements in, evaluated elements and their proof out (DESIGN §2).
///
/// The service implements it in process for one verified requester; the client implements it over HTTPS. A custodian
/// sees blinded elements, the member, the key class and counts, and nothing else.
package protocol Custodian: Sendable {
    func evaluate(_ request: EvaluationRequest) async throws(Problem) -> Evaluation
    /// The registry's chain as this custodian knows it.
    func registry() async throws(Problem) -> [UInt8]
}

/// `POST /v1/evaluations`
package struct EvaluationRequest: Sendable {
    package static let maximumElements = 1024

    package let epoch: KeyEpoch
    package let keyClass: KeyClass
    package let purpose: Purpose
    /// A budget grant of the registry that it is counted against, instead of the day's budget.
    package let grant: ListedName?
    /// 1 to 1,024 blinded elements, canonical and not the identity.
    package let elements: [GroupElement]

    package init(
        epoch: KeyEpoch, keyClass: KeyClass, purpose: Purpose, grant: ListedName? = nil, elements: [GroupElement]
    ) {
        (self.epoch, self.keyClass, self.purpose, self.grant) = (epoch, keyClass, purpose, grant)
        self.elements = elements
    }
}

/// What comes back: as many elements as went in, and one proof over all of them.
package struct Evaluation: Sendable {
    package let custodian: CustodianID
    package let epoch: KeyEpoch
    package let elements: [GroupElement]
    package let proof: [UInt8]

    package init(custodian: CustodianID, epoch: KeyEpoch, elements: [GroupElement], proof: [UInt8]) {
        (self.custodian, self.epoch, self.elements, self.proof) = (custodian, epoch, elements, proof)
    }
}

extension EvaluationRequest {
    package init(parsing body: [UInt8]) throws(Problem) {
        let json: JSON
        do throws(JSONFailure) { json = try JSON(parsing: body) } catch { throw Problem(error) }
        let bytes: [UInt8]
        do throws(FieldFailure) {
            var fields = try ObjectReader(json)
            epoch = KeyEpoch(UInt32(try fields.integer("epoch", in: 0...Int64(UInt32.max))))
            keyClass = try fields.choice("keyClass", expected: "the key classes", KeyClass.init(rawValue:))
            purpose = try fields.choice("purpose", expected: "the purposes", Purpose.init(rawValue:))
            grant = try fields.optionalParsed("grant", as: ListedName.init)
            bytes = try fields.base64("elements")
            try fields.finish()
        } catch { throw Problem(error) }
        guard bytes.count <= Self.maximumElements * GroupElement.byteCount else {
            throw Problem(
                .tooManyElements, "A request takes at most \(Self.maximumElements) elements.", path: "elements")
        }
        elements = try GroupElement.list(bytes, path: "elements")
    }

    package var json: JSON {
        .object([
            "epoch": .number(epoch.number), "keyClass": .string(keyClass.rawValue),
            "purpose": .string(purpose.rawValue), "grant": .optional(grant?.text),
            "elements": .string(Base64.encode(GroupElement.joined(elements))),
        ])
    }
}

extension Evaluation {
    package init(parsing body: [UInt8]) throws(Problem) {
        let json: JSON
        do throws(JSONFailure) { json = try JSON(parsing: body) } catch { throw Problem(error) }
        let bytes: [UInt8]
        do throws(FieldFailure) {
            var fields = try ObjectReader(json)
            custodian = try fields.parsed("custodian") { text throws(DecodingFailure) in try CustodianID(text) }
            epoch = KeyEpoch(UInt32(try fields.integer("epoch", in: 0...Int64(UInt32.max))))
            bytes = try fields.base64("elements")
            proof = try fields.base64("proof")
        } catch { throw Problem(error) }
        elements = try GroupElement.list(bytes, path: "elements")
    }

    package var json: JSON {
        .object([
            "custodian": .string(custodian.name), "epoch": .number(epoch.number),
            "elements": .string(Base64.encode(GroupElement.joined(elements))), "proof": .string(Base64.encode(proof)),
        ])
    }
}

extension GroupElement {
    /// n × 32 bytes, at least one element, each canonical and not the identity.
    fileprivate static func list(_ bytes: [UInt8], path: String) throws(Problem) -> [GroupElement] {
        guard !bytes.isEmpty, bytes.count.isMultiple(of: byteCount) else {
            throw Problem(.invalidElement, "Elements are given as 32 bytes each, at least one.", path: path)
        }
        var elements: [GroupElement] = []
        elements.reserveCapacity(bytes.count / byteCount)
        for start in stride(from: 0, to: bytes.count, by: byteCount) {
            do {
                elements.append(try GroupElement(Bytes32(bytes[start..<start + byteCount])))
            } catch {
                throw Problem(
                    .invalidElement, "An element is not a canonical point of the group, or is the identity.",
                    path: "\(path)[\(start / byteCount)]")
            }
        }
        return elements
    }

    fileprivate static func joined(_ elements: [GroupElement]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(elements.count * byteCount)
        for element in elements { element.value.withUnsafeBytes { bytes.append(contentsOf: $0) } }
        return bytes
    }
}
