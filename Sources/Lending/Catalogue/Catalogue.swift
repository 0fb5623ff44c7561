internal import Vocabulary

/// All statistics there are: the dimensions' values, the measures, and the published profiles.
///
/// It is made of one data file, `schemas/statistics.json`, from which the documentation is made too.
package struct Catalogue: Sendable {
    package let version: Int
    /// From the shortest to the longest; each is the beginning of the next one's list.
    package let profiles: [Profile]
    let text: CatalogueText
    private let windows: [CellWindow]

    /// The one that this program carries.
    package static let current: Catalogue = {
        do {
            return try Catalogue(JSON(parsing: PackageResources.statistics_json))
        } catch {
            preconditionFailure("The catalogue that is built in cannot be read: \(error).")
        }
    }()

    init(_ json: JSON) throws {
        let text = try CatalogueText(json)
        self.text = text
        version = text.version
        windows = text.windows.map { CellWindow(token: $0.token, milliseconds: $0.seconds.map { $0 * 1000 } ?? .max) }
        let reader = CellReader(text: text, windows: windows)
        var profiles: [Profile] = []
        for entry in text.profiles {
            let included = profiles.first { $0.name == entry.includes }?.cells ?? []
            profiles.append(Profile(name: entry.name, cells: try reader.cells(of: entry, after: included)))
        }
        self.profiles = profiles
    }

    package func profile(named name: String) -> Profile? { profiles.first { $0.name == name } }

    /// The cell of a name, in a profile or not.
    package func cell(named name: String) throws(CellNameFailure) -> Cell {
        do throws(CellReader.Refusal) {
            return try CellReader(text: text, windows: windows).cell(named: name)
        } catch {
            throw CellNameFailure(reason: error.reason, nearest: nearestNames(to: name))
        }
    }

    /// At most three names of the longest profile that are written most alike, word by word.
    private func nearestNames(to name: String) -> [String] {
        guard name.utf8.count <= CellReader.maximumBytes, let names = profiles.last?.names else { return [] }
        var measure = WordDistances(name)
        let distances = names.map { (name: $0, distance: measure.distance(to: $0)) }
        return distances.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3).map(\.name)
    }
}

/// Why a text is not the name of a cell.
package struct CellNameFailure: Error, Equatable, Sendable, CustomStringConvertible {
    package let reason: String
    /// Names that are written much the same.
    package let nearest: [String]

    package var description: String {
        let hint = nearest.isEmpty ? "" : " Nearest: \(nearest.joined(separator: ", "))."
        return "There is no such statistic: \(reason).\(hint)"
    }
}
