/// Values that people type when they have none: they stand for nobody and would link strangers.
///
/// A placeholder is dropped and reported, never refused: the rest of the applicant is still good. Adding an entry is
/// a new `version` of the list but not of the normaliser, since no canonical form changes. The domains that RFC 2606
/// reserves for documentation are left in, so that examples can use them.
enum StopList {
    static let version = 1

    /// All digits the same, or counting up or down: `000000000`, `123456789`, `987654321`.
    static func isPatterned(digits: String) -> Bool {
        let values = digits.utf8.filter(TextFolding.isDigit).map { Int($0) }
        guard values.count >= 4 else { return false }
        let steps = Set(zip(values, values.dropFirst()).map { ($1 - $0 + 10) % 10 })
        return steps == [0] || steps == [1] || steps == [9]
    }

    static func containsNationalID(_ compact: String) -> Bool {
        isPatterned(compact, ignoringLast: 0) || isPatterned(compact, ignoringLast: 1)
            || nationalIDs.contains(compact) || isWord(compact)
    }

    /// - Parameter national: the number without its country code.
    static func containsPhone(national: String) -> Bool {
        isPatterned(digits: national) || national.hasSuffix("00000000")
            || isPatterned(digits: String(national.suffix(8)))
            || phones.contains(national)
    }

    static func containsCard(_ digits: String) -> Bool {
        isPatterned(digits, ignoringLast: 0) || isPatterned(digits, ignoringLast: 1) || cards.contains(digits)
            // A test range's filler: an issuer's six digits and nothing but zeros before the check digit.
            || (digits.count >= 13 && digits.dropFirst(6).dropLast().allSatisfy { $0 == "0" })
    }

    static func containsEmail(local: String, domain: String) -> Bool {
        let host = String(domain.prefix { $0 != "." })
        return emailNames.contains(local) || (local == host && local.count < 8)
            || [".invalid", ".test", ".localhost"].contains { domain.hasSuffix($0) }
    }

    static func containsDevice(_ compact: String) -> Bool {
        Set(compact.utf8).count <= 1 || isPatterned(compact, ignoringLast: 0) || isPatterned(compact, ignoringLast: 1)
            || devices.contains(compact) || isWord(compact)
    }

    /// - Parameter compact: a name, an address line or an employer.
    static func isWord(_ compact: String) -> Bool { words.contains(compact) || words.contains(compact.lowercased()) }

    static func containsEmployer(_ compact: String) -> Bool { isWord(compact) || occupations.contains(compact) }

    /// Default values of forms and of date types.
    static func containsBirthDate(year: Int, month: Int, day: Int) -> Bool {
        switch (year, month, day) {
        case (0, 0, 0), (1, 1, 1), (1111, 11, 11), (1800, 1, 1), (1900, 1, 1), (1970, 1, 1), (9999, 12, 31): true
        default: false
        }
    }

    private static func isPatterned(_ text: String, ignoringLast count: Int) -> Bool {
        let kept = text.dropLast(count)
        return kept.utf8.allSatisfy(TextFolding.isDigit) && isPatterned(digits: String(kept))
    }

    /// Numbers printed on sample cards and in advertisements.
    private static let nationalIDs: Set<String> = ["078051120", "219099999", "457555462", "ABCDE1234F"]
    /// China Mobile's own service line, the usual stand-in for a customer's number.
    private static let phones: Set<String> = ["13800138000", "13800000000", "13900000000", "13888888888"]
    /// The card networks' published test numbers.
    private static let cards: Set<String> = [
        "4111111111111111", "4012888888881881", "4242424242424242", "4000056655665556", "4222222222222",
        "5555555555554444", "5105105105105100", "5200828282828210", "2223003122003222", "378282246310005",
        "371449635398431", "378734493671000", "6011111111111117", "6011000990139424", "30569309025904",
        "38520000023237", "3530111333300000", "3566002020360505", "6200000000000005", "6200000000000047",
    ]
    /// The identifier that a faulty Android release gave to every phone, and test equipment's IMEI.
    private static let devices: Set<String> = ["9774d56d682e549c", "004999010640000", "012345678901237"]
    private static let emailNames: Set<String> = [
        "unknown", "test", "testing", "test1", "test123", "none", "noemail", "nomail", "no", "na", "null", "nil", "abc",
        "a", "x", "xx", "xxx", "asdf", "qwerty", "noreply", "donotreply", "example", "email", "mail", "user", "123",
        "123456", "dummy", "fake", "anonymous", "nobody",
    ]
    private static let words: Set<String> = [
        "unknown", "notknown", "na", "notavailable", "notapplicable", "nil", "none", "null", "test", "testing", "tbd",
        "tba", "noname", "anonymous", "dummy", "xxx", "xxxx", "undefined", "asdf", "notprovided", "refused", "same",
        "未知", "无", "没有", "暂无", "测试", "匿名", "不详", "无名氏", "未填", "空",
    ]
    private static let occupations: Set<String> = [
        "unemployed", "selfemployed", "self", "retired", "student", "housewife", "homemaker", "freelance", "freelancer",
        "notemployed", "无业", "自由职业", "个体", "个体户", "退休", "学生", "待业", "务农", "自雇",
    ]
}
