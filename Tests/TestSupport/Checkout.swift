package import Foundation

/// The folder this source was built from, so that tests read `schemas/` as a lender of another language would.
package enum Checkout {
    package static let folder = URL(filePath: #filePath, directoryHint: .notDirectory)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// - Parameter path: relative to the checkout, such as `schemas/policy/reason-codes.json`.
    package static func file(_ path: String) -> URL { folder.appending(path: path) }

    package static func bytes(_ path: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: file(path))) }
}
