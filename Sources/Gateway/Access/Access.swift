internal import HTTPEdge
internal import Vocabulary

/// Who may call.
package enum Access: Sendable {
    /// Whoever can open the Unix socket: its owner, by the file's permissions.
    case socketOwner
    /// Whoever presents a key.
    case keys(APIKeys)

    func check(_ request: EdgeRequest) throws(Problem) {
        switch self {
        case .socketOwner: return
        case .keys(let keys): _ = try keys.caller(request.headers.single("authorization"))
        }
    }
}
