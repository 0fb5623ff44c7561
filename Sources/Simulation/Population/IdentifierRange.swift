internal import Vocabulary

/// Identifiers that are nobody's, one for each number of a slot, in their canonical form: their check digits are right,
/// birth dates lie before 1920, phones in a range that is not allotted, mail at a domain kept for examples.
enum IdentifierRange {
    /// GB 11643: region, birth date, order, check character. Slots below the size of the range are all different.
    static func nationalID(_ slot: Int) -> String {
        let place = scattered(slot)
        let order = place % orders + 1
        let rest = place / orders
        let born = birthDate(ofPlace: rest)
        let region = regions[rest / birthDays]
        let body = region + digits(born.year, 4) + digits(born.month, 2) + digits(born.day, 2) + digits(order, 3)
        return body + mod11Dash2(body)
    }

    static func birthDate(_ slot: Int) -> CalendarDate { birthDate(ofPlace: scattered(slot) / orders) }

    /// Runs such as 11111111 are placeholders to a gateway; those slots move to where no other slot is.
    static func phone(_ slot: Int) -> String {
        let number = slot + 1000
        return "154" + digits(isRun(digits(number, 8)) ? number + 50_000_000 : number, 8)
    }

    /// ISO/IEC 7812: 16 digits, the last a Luhn check.
    static func card(_ slot: Int) -> String {
        let body = "6200" + digits(slot + 1000, 11)
        return body + luhn(body)
    }

    static func device(_ slot: Int) -> String { "simdevice" + digits(slot, 12) }
    static func email(_ slot: Int) -> String { "p" + digits(slot, 9) + "@mail.example.com" }
    static func address(_ slot: Int) -> String { "演示市样例区仿真路\(slot / 40 + 1)号\(slot / 8 % 5 + 1)栋\(slot % 8 + 1)室" }
    static func employer(_ slot: Int) -> String { "样例\(slot)厂有限公司" }

    /// A surname and a year of the sixty-year cycle: nobody is called so.
    static func name(_ slot: Int) -> String {
        let place = scattered(slot)
        let cycle = place / surnames.count % 60
        return surnames[place % surnames.count] + stems[cycle % 10] + branches[cycle % 12]
    }

    private static let regions = [
        "110101", "120101", "130102", "140105", "150102", "210102", "220102", "230102", "310101", "320102", "330102",
        "340102", "350102", "360102", "370102", "410102", "420102", "430102", "440103", "450102", "460105", "500101",
        "510104", "520102", "530102", "540102", "610102", "620102", "630102", "640104",
    ]
    private static let surnames = Array("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜").map(String.init)
    private static let stems = Array("甲乙丙丁戊己庚辛壬癸").map(String.init)
    private static let branches = Array("子丑寅卯辰巳午未申酉戌亥").map(String.init)
    private static let orders = 998
    /// 1901 to 1919.
    private static let firstBirthDay = -25_202
    private static let birthDays = 6939
    private static let size = regions.count * birthDays * orders

    private static func birthDate(ofPlace place: Int) -> CalendarDate {
        CalendarDate(daysSince1970: firstBirthDay + place % birthDays)
    }

    /// A permutation of the range: the factor is a prime that does not divide its size.
    private static func scattered(_ slot: Int) -> Int { (slot % size * 104_729 + 7) % size }

    private static func isRun(_ text: String) -> Bool {
        let values = text.utf8.map { Int($0) }
        let steps = Set(zip(values, values.dropFirst()).map { ($1 - $0 + 10) % 10 })
        return steps == [0] || steps == [1] || steps == [9]
    }

    /// ISO 7064 MOD 11-2 over 17 digits.
    private static func mod11Dash2(_ body: String) -> String {
        let sum = body.utf8.reduce(0) { ($0 + Int($1 - 48)) * 2 % 11 }
        let check = (12 - sum) % 11
        return check == 10 ? "X" : String(check)
    }

    private static func luhn(_ body: String) -> String {
        let sum = body.utf8.reversed().enumerated().reduce(0) { sum, digit in
            let value = Int(digit.element - 48)
            guard digit.offset % 2 == 0 else { return sum + value }
            return sum + (value < 5 ? 2 * value : 2 * value - 9)
        }
        return String((10 - sum % 10) % 10)
    }
}

/// A number with leading zeros.
func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return text.utf8.count < width ? String(repeating: "0", count: width - text.utf8.count) + text : text
}
