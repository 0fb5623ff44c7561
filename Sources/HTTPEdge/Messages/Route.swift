/// One method on one path, with the limit of its body and what answers it.
package struct Route: Sendable {
    package typealias Handler = @Sendable (EdgeRequest) async throws -> EdgeResponse

    /// What metrics and logs call it; never the path that was asked.
    package let name: String
    package let method: String
    /// A whole path, or one that ends in `/*`, whose last part is handed to the handler as the request's `tail`.
    package let pattern: String
    package let bodyLimit: Int
    let handler: Handler

    /// - Parameter bodyLimit: in bytes; a longer body is refused with `bodyTooLarge` before it is read.
    package init(
        _ method: String, _ pattern: String, name: String, bodyLimit: Int = 0, handler: @escaping Handler
    ) {
        precondition(pattern.hasPrefix("/"), "A route's pattern starts with a slash.")
        precondition(!pattern.dropLast().contains("*"), "A route captures a tail or nothing.")
        (self.name, self.method, self.pattern) = (name, method, pattern)
        (self.bodyLimit, self.handler) = (bodyLimit, handler)
    }

    package static func get(_ pattern: String, name: String, handler: @escaping Handler) -> Route {
        Route("GET", pattern, name: name, handler: handler)
    }

    package static func post(
        _ pattern: String, name: String, bodyLimit: Int, handler: @escaping Handler
    ) -> Route {
        Route("POST", pattern, name: name, bodyLimit: bodyLimit, handler: handler)
    }
}

/// Finds the route of a request: whole paths first, then the longest pattern with a tail.
struct RouteTable: Sendable {
    enum Match: Sendable {
        case route(index: Int, tail: String)
        case notFound
        case methodNotAllowed(allowed: [String])
    }

    let routes: [Route]
    private var exact: [String: [Int]] = [:]
    private var prefixes: [(prefix: String, indexes: [Int])] = []

    init(_ routes: [Route]) {
        self.routes = routes
        for (index, route) in routes.enumerated() {
            if route.pattern.hasSuffix("*") {
                add(index, toPrefix: String(route.pattern.dropLast()))
            } else {
                exact[route.pattern, default: []].append(index)
            }
        }
        prefixes.sort { $0.prefix.utf8.count > $1.prefix.utf8.count }
    }

    private mutating func add(_ index: Int, toPrefix prefix: String) {
        if let place = prefixes.firstIndex(where: { $0.prefix == prefix }) {
            prefixes[place].indexes.append(index)
        } else {
            prefixes.append((prefix, [index]))
        }
    }

    func match(method: String, path: String) -> Match {
        if let indexes = exact[path] { return choose(among: indexes, method: method, tail: "") }
        for (prefix, indexes) in prefixes where path.utf8.count > prefix.utf8.count && path.hasPrefix(prefix) {
            return choose(among: indexes, method: method, tail: String(path.dropFirst(prefix.count)))
        }
        return .notFound
    }

    private func choose(among indexes: [Int], method: String, tail: String) -> Match {
        guard let index = indexes.first(where: { routes[$0].method == method }) else {
            return .methodNotAllowed(allowed: indexes.map { routes[$0].method }.sorted())
        }
        return .route(index: index, tail: tail)
    }
}
