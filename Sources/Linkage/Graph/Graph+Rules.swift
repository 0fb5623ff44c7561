extension Graph {
    /// A new policy: what follows from the edges is made anew, and told. What had expired before stays gone.
    package mutating func change(rules: LinkageRules) {
        guard rules != self.rules else { return }
        adopt(rules)
    }

    mutating func adopt(_ rules: LinkageRules) {
        let former = components.label.map { components.ring[Int($0)] }
        self.rules = rules
        facts = KindFacts.table(rules)
        for zone in edges.zones.indices { edges.setZone(zone, 0) }
        for word in takeExpired() {
            if let number = find(word.edge) { take(number, caseNumber: word.caseNumber, word.edge) }
        }
        components = components.scattered()
        for identifier in identifiers.rows.indices {
            let number = UInt32(identifier)
            let isDemoted = isDemoted(number)
            if isDemoted { noteDemotion(number) } else { tellPromotion(number) }
            guard facts(of: number).unions, !isDemoted, identifiers.rows[identifier].own > 1 else { continue }
            joinAll(sharing: number, naming: false)
        }
        nameAnew(former)
    }

    private mutating func noteDemotion(_ identifier: UInt32) {
        guard facts(of: identifier).cap > 0 else { return }
        if identifiers.rows[Int(identifier)].flags & AdjacencyRow.isHub == 0 { makeHub(identifier) }
        tellDemotion(identifier)
    }
}
