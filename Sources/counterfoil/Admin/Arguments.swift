import ArgumentParser
import Records
import Registry
import Sodium
import Vocabulary

extension MemberID: ExpressibleByArgument {
    init?(argument: String) { try? self.init(argument) }
}

extension ServiceURL: ExpressibleByArgument {
    init?(argument: String) { try? self.init(argument) }
}

extension ListedName: ExpressibleByArgument {
    init?(argument: String) { try? self.init(argument) }
}

extension KeyKind: ExpressibleByArgument {}
extension ConsortiumMode: ExpressibleByArgument {}

/// `NAME=VALUE`, as several options take it.
struct NamedArgument: ExpressibleByArgument {
    let name: String
    let value: String

    init?(argument: String) {
        guard let equals = argument.firstIndex(of: "=") else { return nil }
        name = String(argument[..<equals])
        value = String(argument[argument.index(after: equals)...])
        guard !name.isEmpty, !value.isEmpty else { return nil }
    }
}

/// A public key as an argument: base64, or a file that `key generate` or `key show --json` wrote.
enum PublicKeyArgument {
    static func read(_ text: String, kind: KeyKind) throws(Problem) -> PublicKey {
        if !FileSystem.exists(text), let key = try? PublicKey(base64: text) { return key }
        guard FileSystem.exists(text) else {
            throw Problem(
                .notFound, "There is no file \(text), and it is no public key in base64 either.",
                hint: "`counterfoil key show FILE --json` prints the public part of a key file.")
        }
        let file = try PublicKeyFile.read(text)
        guard file.kind == kind else {
            throw Problem(
                .configurationInvalid, "\(text) holds a key of kind \(file.kind.rawValue); \(kind.rawValue) is needed.")
        }
        return file.publicKey
    }
}
