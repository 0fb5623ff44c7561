internal import Vocabulary

/// Where each kind's tokens begin: block after block, in the order of the peers' node numbers.
struct PlantedBlocks: Sendable {
    let phones: Int, devices: Int, cards: Int, addresses: Int
    let hubDevices: Int, hubPhones: Int, hubAddresses: Int
    let ringPhones: Int, ringDevices: Int, ringCards: Int
    let tokenCount: Int

    /// Each ring has room for 8 phones, 5 devices and 10 cards, the most that its size allows.
    init(records: Int, persons: Int, rings: Int) {
        (phones, devices, cards, addresses) = (persons, 2 * persons, 3 * persons, 4 * persons)
        hubDevices = addresses + persons * 2 / 5 + 1
        hubPhones = hubDevices + max(1, records / 2000)
        hubAddresses = hubPhones + max(1, records / 4000)
        ringPhones = hubAddresses + max(1, records / 10_000)
        ringDevices = ringPhones + 8 * rings
        ringCards = ringDevices + 5 * rings
        tokenCount = ringCards + 10 * rings
    }

    var hubDeviceCount: Int { hubPhones - hubDevices }
    var hubPhoneCount: Int { hubAddresses - hubPhones }
    var hubAddressCount: Int { ringPhones - hubAddresses }

    func kind(ofToken token: Int) -> IdentifierKind {
        if token < devices { return token < phones ? .nationalID : .phone }
        if token < addresses { return token < cards ? .device : .card }
        if token < hubDevices { return .address }
        if token < hubAddresses { return token < hubPhones ? .device : .phone }
        if token < ringPhones { return .address }
        return token < ringDevices ? .phone : token < ringCards ? .device : .card
    }
}
