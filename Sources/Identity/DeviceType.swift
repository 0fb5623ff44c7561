/// What identifies a device; the name stands in the canonical value, so that two registers never meet by chance.
package enum DeviceType: String, Hashable, Sendable, CaseIterable {
    case imei
    /// Apple's advertising identifier.
    case idfa
    /// Google's advertising identifier.
    case gaid
    /// Apple's identifier per vendor.
    case idfv
    /// The advertising identifier of the Mobile Security Alliance (China).
    case oaid
    case androidID
    /// A vendor's own fingerprint.
    case opaque

    func normalise(_ text: String) throws(NormalisationRule) -> String {
        let compact = TextFolding.plain(text).filter { $0 != "-" && $0 != "{" && $0 != "}" }
        guard !compact.isEmpty else { throw .empty }
        guard compact.utf8.count <= 128 else { throw .tooLong }
        if StopList.containsDevice(compact) { throw .placeholder }
        switch self {
        case .imei: return try Self.imei(compact)
        case .idfa, .gaid, .idfv: return try Self.hexadecimal(compact, counts: 32...32)
        case .androidID: return try Self.hexadecimal(compact, counts: 16...16)
        case .oaid: return try Self.hexadecimal(compact, counts: 16...64)
        case .opaque:
            guard compact.utf8.count >= 8 else { throw .length }
            return compact
        }
    }

    /// 3GPP TS 23.003 §6: 14 digits and a Luhn digit; an IMEISV has two digits of software version in its place.
    private static func imei(_ compact: String) throws(NormalisationRule) -> String {
        let text = compact.filter { $0 != "/" }
        guard text.utf8.allSatisfy(TextFolding.isDigit) else { throw .characters }
        switch text.utf8.count {
        case 14, 16:
            let body = text.prefix(14)
            guard let check = CheckDigits.luhn(body) else { throw .characters }
            return "\(body)\(check)"
        case 15:
            guard CheckDigits.fitsLuhn(text) else { throw .checkDigit }
            return text
        default: throw .length
        }
    }

    private static func hexadecimal(_ text: String, counts: ClosedRange<Int>) throws(NormalisationRule) -> String {
        guard text.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { throw .characters }
        guard counts.contains(text.utf8.count) else { throw .length }
        return text
    }
}
