//! Where an entity, a city or an organisation is in the gazetteer's lists: one type each, so that none is taken for another
//! or for a place in a sentence. They are good for the gazetteer that gave them and are written nowhere.

macro_rules! positions {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(u32);

        impl $name {
            /// Of the thing at this index of its list.
            pub(super) fn new(index: usize) -> $name {
                $name(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// Of this number in the compact form.
            pub(super) fn numbered(number: u32) -> $name {
                $name(number)
            }

            /// Its number in the compact form.
            pub(super) fn number(self) -> u32 {
                self.0
            }

            /// The index in its list.
            pub(super) fn index(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

positions! {
    /// Of an entity, for [`Gazetteer::entity_at`](super::Gazetteer::entity_at).
    EntityAt;
    /// Of a city, for [`Gazetteer::city_at`](super::Gazetteer::city_at).
    CityAt;
    /// Of an organisation, for [`Gazetteer::organisation_at`](super::Gazetteer::organisation_at).
    OrganisationAt;
}
