import Vocabulary

extension Graph {
    /// Searches breadth first from an applicant for reports, over identifiers that are shared (DESIGN §6).
    ///
    /// The applicant has the identifiers asked as its own, on the asker's word, and what the graph knows of its
    /// subject. From a subject the search goes over an undemoted identifier that may carry it (kind and role, never a
    /// composite) to those whose own that is, where the link counts: both are in one component; or two members each
    /// vouch for both ends; or the two share identifiers of a second kind. So no link rests on one member's word about
    /// one kind, and the asker's word alone never reaches anybody. Where the rules ask for no corroboration every link
    /// counts. A subject under a standing protective marker is never opened: risk does not pass on. Of a protected
    /// applicant only what is asked is followed.
    ///
    /// Hops and paths do not depend on the order in which things arrived. A budget that runs out leaves a subset of the
    /// whole result and says so; what is left out then is decided by kinds (heavier first), degrees (smaller first) and
    /// numbers.
    ///
    /// - Parameter standing: what has become of a mark's statement at the instant asked; called once for each mark met.
    package func search(_ question: Question, standing: (Mark) -> MarkStanding) -> SearchResult {
        var scratch = SearchScratch()
        return search(question, scratch: &scratch, standing: standing)
    }

    /// The same, with working memory that is kept between questions.
    package func search(
        _ question: Question, scratch: inout SearchScratch, standing: (Mark) -> MarkStanding
    ) -> SearchResult {
        scratch.begin(question, in: self, standing)
        var level = 0..<1
        for hop in 0..<question.budget.hops where !level.isEmpty {
            for place in level { scratch.expand(place, in: self) }
            level = level.upperBound..<scratch.reached.count
            if hop + 1 < question.budget.hops { scratch.rank(level) }
            scratch.readMarks(of: level, in: self, standing)
        }
        return scratch.result(of: question, in: self)
    }
}

extension SearchScratch {
    /// Places the applicant, at hop 0.
    fileprivate mutating func begin(_ question: Question, in graph: Graph, _ standing: (Mark) -> MarkStanding) {
        removeAll()
        (edgesLeft, readsLeft, isTruncated) = (question.budget.edges, question.budget.reads, false)
        asked.append(contentsOf: question.identifiers)
        asked.sort()
        var kept = 0
        for index in asked.indices where index == 0 || asked[index] != asked[kept - 1] {
            asked[kept] = asked[index]
            kept += 1
        }
        asked.removeLast(asked.count - kept)
        reached.append(
            ReachedSubject(
                subject: question.subject, hops: 0, parent: 0, key: 0, step: EvidenceStep(.nationalID, .own)))
        guard let subject = question.subject else { return }
        places.set(subject.rawValue, to: 0)
        readMarks(of: 0..<1, in: graph, standing)
    }

    /// Puts a complete hop into canonical order and ranks it by path.
    fileprivate mutating func rank(_ level: Range<Int>) {
        reached[level].sort { ($0.key, $0.number) < ($1.key, $1.number) }
        var rank: UInt64 = 0
        for place in level {
            if place > level.lowerBound, reached[place].key != reached[place - 1].key { rank += 1 }
            reached[place].rank = rank
            places.set(reached[place].number, to: UInt32(place))
        }
    }
}
