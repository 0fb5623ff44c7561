import Vocabulary

/// The outline of a node, by what it stands for: persons are circles, each kind of identifier has a shape of its own.
enum NodeShape: String, CaseIterable {
    case person, nationalID, phone, card, device, email, address, employer, staff, composite

    init(_ kind: IdentifierKind) {
        switch kind {
        case .nationalID: self = .nationalID
        case .phone: self = .phone
        case .card: self = .card
        case .device: self = .device
        case .email: self = .email
        case .address: self = .address
        case .employer: self = .employer
        case .staff: self = .staff
        case .nameBirthDate, .phoneticNameBirthDate, .localityBirthDate, .streetBirthDate, .nameStreet,
            .nameLocality, .givenNameHouse, .nationalIDLocality, .nationalIDBirthDate, .namePhone:
            self = .composite
        }
    }

    var size: (width: Double, height: Double) {
        switch self {
        case .person: (34, 34)
        case .nationalID: (44, 30)
        case .phone: (29, 40)
        case .card: (44, 29)
        case .device: (42, 36)
        case .email: (44, 31)
        case .address: (40, 38)
        case .employer: (40, 36)
        case .staff: (40, 38)
        case .composite: (50, 42)
        }
    }

    var words: String {
        switch self {
        case .person: "person"
        case .nationalID: "national ID"
        case .phone: "phone"
        case .card: "bank card"
        case .device: "device"
        case .email: "e-mail"
        case .address: "address"
        case .employer: "employer"
        case .staff: "staff"
        case .composite: "match key (composite)"
        }
    }

    /// How far below the middle the label stands.
    var labelDrop: Double {
        switch self {
        case .person, .nationalID, .device, .composite: 3.5
        case .phone: 5
        case .card, .email: 8
        case .address, .employer: 8
        case .staff: 0
        }
    }

    /// - Parameter style: of the outline; what is drawn inside has a style of its own.
    func draw(at middle: Point, style: String, on page: inout XMLPage) {
        let box = Box(center: middle, width: size.width, height: size.height)
        switch self {
        case .person: page.circle(at: middle, radius: size.width / 2, style: style)
        case .phone: page.rectangle(box, rounding: 7, style: style)
        case .card: page.rectangle(box, rounding: 4, style: style)
        case .email: page.rectangle(box, rounding: 1, style: style)
        case .nationalID, .device, .address, .employer, .staff, .composite:
            page.path(PathText.polygon(corners(of: box)), style: style)
        }
        if let ornament = ornament(of: box) { page.path(ornament, style: "ornament") }
    }

    private func corners(of box: Box) -> [Point] {
        let unit: [(Double, Double)] =
            switch self {
            // A corner is cut off, as of a chip.
            case .nationalID: [(-1, -1), (0.66, -1), (1, -0.5), (1, 1), (-1, 1)]
            case .device: [(-0.58, -1), (0.58, -1), (1, 0), (0.58, 1), (-0.58, 1), (-1, 0)]
            case .address: [(0, -1), (1, -0.25), (1, 1), (-1, 1), (-1, -0.25)]
            case .employer: [(-1, -1), (-0.1, -0.4), (-0.1, -1), (1, -0.4), (1, 1), (-1, 1)]
            case .staff: [(-1, -1), (1, -1), (1, 0.35), (0, 1), (-1, 0.35)]
            case .composite: [(0, -1), (1, 0), (0, 1), (-1, 0)]
            case .person, .phone, .card, .email: []
            }
        return unit.map {
            box.center + Point(x: $0.0 * box.width / 2, y: $0.1 * box.height / 2)
        }
    }

    /// A phone's speaker, a card's stripe, an envelope's flap.
    private func ornament(of box: Box) -> String? {
        switch self {
        case .phone:
            PathText.polygon(
                [Point(x: box.center.x - 5, y: box.top + 5), Point(x: box.center.x + 5, y: box.top + 5)],
                isClosed: false)
        case .card:
            PathText.polygon(
                [Point(x: box.left, y: box.top + 6.5), Point(x: box.right, y: box.top + 6.5)], isClosed: false)
        case .email:
            PathText.polygon(
                [
                    Point(x: box.left, y: box.top), Point(x: box.center.x, y: box.top + 12),
                    Point(x: box.right, y: box.top),
                ], isClosed: false)
        case .person, .nationalID, .device, .address, .employer, .staff, .composite: nil
        }
    }
}
