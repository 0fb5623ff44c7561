import Lending
import Vocabulary

/// What a statistic's name says, for people and programs.
struct CellMeaning {
    let cell: Cell
    let english: String
    let chinese: String

    init(_ cell: Cell) {
        self.cell = cell
        (english, chinese) = Catalogue.current.explain(cell)
    }

    /// - Throws: `notFound`, with the names that are written most alike.
    init(named name: String) throws(Problem) {
        do throws(CellNameFailure) { self.init(try Catalogue.current.cell(named: name)) } catch {
            throw Problem(
                .notFound, "There is no such statistic: \(error.reason).",
                hint: error.nearest.isEmpty ? nil : "Written much the same: \(error.nearest.joined(separator: ", ")).")
        }
    }

    /// The profiles that have it, the shortest first.
    var profiles: [String] {
        Catalogue.current.profiles.filter { $0.cells.contains(cell) }.map(\.name)
    }

    var json: JSON {
        .object([
            "name": .string(cell.name), "toldAs": .string(cell.form.rawValue), "aboutOthers": .bool(cell.isAboutOthers),
            "labels": .object(["en": .string(english), "zh": .string(chinese)]), "profiles": .strings(profiles),
        ])
    }

    var text: String {
        let told = cell.isAboutOthers ? "\(cell.form.rawValue), in bands" : cell.form.rawValue
        let lists = profiles.isEmpty ? "of no profile" : profiles.joined(separator: ", ")
        return cell.name + "\n"
            + paragraph(["  English": english, "  中文": chinese, "  Told as": told, "  Profiles": lists])
    }
}
