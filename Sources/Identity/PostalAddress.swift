/// A postal address as a lender has it: one line, or its parts.
package enum PostalAddress: Hashable, Sendable {
    case line(String)
    case parts(Parts)

    package struct Parts: Hashable, Sendable {
        package var number: String?
        package var street: String?
        /// Building, estate, floor: whatever else locates the door.
        package var extra: String?
        package var locality: String?
        package var postcode: String?
        package var region: String?

        package init(
            number: String? = nil, street: String? = nil, extra: String? = nil, locality: String? = nil,
            postcode: String? = nil, region: String? = nil
        ) {
            (self.number, self.street, self.extra) = (number, street, extra)
            (self.locality, self.postcode, self.region) = (locality, postcode, region)
        }
    }
}
