internal import Sodium
internal import Vocabulary

/// Ids for the rows of an upload that bring none: the same for the same row of the same file, whoever sends it, so
/// that a file sent again doubles nothing.
///
/// Under the gateway's own key, because ids leave for the node: a plain digest of a file would let the node test
/// guesses at what stood in it.
struct UploadRowIDs {
    private let key: KeyedHash
    private let context: [UInt8]

    /// - Parameter table: which kind of upload; the same file as another kind has other ids.
    init(_ file: [UInt8], table: String, key: DataKey) {
        self.key = key.naming
        context = Array("upload|\(table)|".utf8) + SHA256.hash(file).bytes
    }

    func id(row: Int) -> RecordID {
        let digest = key.hash(context + Array("|\(row)".utf8)).bytes
        return RecordID(random: digest[..<16])
    }
}
