internal import ExchangeClient
internal import Identity
internal import Sodium
internal import Vocabulary

extension IdentifierInput {
    func keyedInput(_ consortium: String) -> KeyedInput {
        KeyedInput(keyClass: kind.keyClass, bytes: tokenInput(consortiumID: consortium))
    }
}

extension Tokens {
    func token(of identifier: IdentifierInput, _ consortium: String) throws(Problem) -> GroupElement {
        guard let token = self[identifier.keyedInput(consortium)] else {
            throw Problem(.internalError, "An identifier was given no token.")
        }
        return token
    }
}
