import ArgumentParser
import Lending

/// A published list of statistics. The names stand here too, so that a command need not read the whole catalogue to
/// know them; a test holds them to it.
enum ProfileName: String, CaseIterable, ExpressibleByArgument {
    case summary, standard, full

    /// In the order in which answers give them.
    var cells: [Cell] { Catalogue.current.profile(named: rawValue)?.cells ?? [] }
}
