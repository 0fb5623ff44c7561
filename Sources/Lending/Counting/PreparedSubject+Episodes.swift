extension PreparedSubject {
    /// How many shopping episodes the masked events from `start` on form: product by product, an episode lasts
    /// `shoppingDays` from its first event.
    func episodes(in mask: [UInt64], from start: Int) -> Int {
        var episodes = 0
        forEachEpisodeEvent(in: mask, from: start) { _, isFirst, _ in if isFirst { episodes += 1 } }
        return episodes
    }

    /// The number of events of the largest episode whose first event is not older than `age`; 0 if there is none.
    func largestEpisode(in mask: [UInt64], youngerThan age: Int64) -> Int {
        var sizes = [Int](repeating: 0, count: productCount)
        var largest = 0
        forEachEpisodeEvent(in: mask, from: 0) { event, isFirst, episodeStart in
            let product = Int(event.product)
            sizes[product] = isFirst ? 1 : sizes[product] + 1
            if events[episodeStart].age <= age { largest = max(largest, sizes[product]) }
        }
        return largest
    }

    /// Hands over each event, whether it starts an episode, and the index of its episode's first event.
    private func forEachEpisodeEvent(
        in mask: [UInt64], from start: Int, _ body: (_ event: Event, _ isFirst: Bool, _ episodeStart: Int) -> Void
    ) {
        var starts = [Int](repeating: -1, count: productCount)
        for word in (start / 64)..<max(start / 64, mask.count) {
            var bits = mask[word]
            if word == start / 64 { bits &= UInt64.max << UInt64(start % 64) }
            while bits != 0 {
                let index = word * 64 + bits.trailingZeroBitCount
                bits &= bits - 1
                let event = events[index]
                let first = starts[Int(event.product)]
                let isFirst = first < 0 || event.time - events[first].time > rules.shoppingMilliseconds
                if isFirst { starts[Int(event.product)] = index }
                body(event, isFirst, isFirst ? index : first)
            }
        }
    }
}
