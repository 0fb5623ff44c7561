internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension ClientFailure {
    /// What a networking library's error means to us; `nil` where it is not one of connecting.
    init?(connecting error: any Error) {
        switch error {
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: self = .tlsFailed
        case is HTTPParserError: self = .malformedResponse
        case let error as ChannelError:
            guard case .connectTimeout = error else { return nil }
            self = .connectTimedOut
        case let error as IOError: self.init(errorNumber: error.errnoCode)
        case let error as NIOConnectionError:
            guard let first = error.connectionErrors.first?.error else {
                self = .unreachable
                return
            }
            self.init(connecting: first)
        default: return nil
        }
    }

    private init(errorNumber: CInt) {
        switch errorNumber {
        case ECONNREFUSED, ENOENT: self = .refused
        case ECONNRESET, EPIPE: self = .closedEarly
        case ETIMEDOUT: self = .connectTimedOut
        default: self = .unreachable
        }
    }
}
