/// The lower half of a symmetric matrix.
struct SymmetricMatrix {
    private let size: Int
    private var entries: [Double]

    init(size: Int) {
        self.size = size
        entries = Array(repeating: 0, count: size * size)
    }

    /// Only `row >= column` is kept.
    subscript(row: Int, column: Int) -> Double {
        get { entries[row * size + column] }
        set { entries[row * size + column] = newValue }
    }

    /// Solves matrix · x = right by Cholesky's method. - Returns: `nil` unless the matrix is positive definite.
    func solve(_ right: [Double]) -> [Double]? {
        guard let root = cholesky() else { return nil }
        var x = right
        for row in 0..<size {
            for column in 0..<row { x[row] -= root[row, column] * x[column] }
            x[row] /= root[row, row]
        }
        for row in (0..<size).reversed() {
            for below in row + 1..<max(size, row + 1) { x[row] -= root[below, row] * x[below] }
            x[row] /= root[row, row]
        }
        return x
    }

    private func cholesky() -> SymmetricMatrix? {
        var root = self
        for column in 0..<size {
            for row in column..<size {
                var sum = self[row, column]
                for before in 0..<column { sum -= root[row, before] * root[column, before] }
                if row == column {
                    guard sum > 0, sum.isFinite else { return nil }
                    root[row, row] = sum.squareRoot()
                } else {
                    root[row, column] = sum / root[column, column]
                }
            }
        }
        return root
    }
}
