/// A list of cells in a fixed order, with the plan by which they are computed in one go.
package struct Profile: Sendable {
    package let name: String
    package let cells: [Cell]
    let plan: Plan
    let telling: ProfileTelling

    /// - Parameter cells: each once.
    package init(name: String, cells: [Cell]) {
        (self.name, self.cells) = (name, cells)
        plan = Plan(cells)
        telling = ProfileTelling(cells)
    }

    package var names: [String] { cells.map(\.name) }
}
