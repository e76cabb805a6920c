//! Lists of places after a mission: cities, countries in place of cities, countries beside cities.

use super::items::What;
use super::lexicon::Class;
use super::{Form, Sentence};
use crate::names::{CityAt, EntityAt};

/// A place where something stands, as the sentence names it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    /// City as written; `None` where only a country is named.
    pub city: Option<String>,
    /// Cities of the gazetteer that bear the name.
    pub cities: Vec<CityAt>,
    /// Country that the sentence names beside or instead of the city.
    pub country: Option<EntityAt>,
}

/// Where the missions of two parties stand.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Places {
    /// Named places.
    Named(Vec<Place>),
    /// "in each other's capitals".
    EachOther,
}

impl Places {
    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Places::Named(places) if places.is_empty())
    }
}

const CONNECTORS: [&str; 22] = [
    "sur", "de", "la", "del", "do", "da", "dos", "am", "an", "der", "upon", "le", "les", "el", "al", "las", "los",
    "of", "den", "im", "du", "on",
];

impl Sentence<'_> {
    /// The places that begin at `at`, with their introduction ("in", "based in", brackets), and the item
    /// after them. Empty if none begin there.
    pub(super) fn places(&self, at: usize) -> (Places, usize) {
        let mut i = at;
        let comma = self.is_mark(i, ',');
        if comma {
            i += 1;
        }
        while self.is_any(i, &[Class::Locate, Class::Adverb, Class::Resident, Class::Both, Class::That])
            || self.is(i, Class::Be) && self.is_any(i + 1, &[Class::Locate, Class::Resident])
        {
            i += 1;
        }
        let bracket = self.is_mark(i, '(');
        if bracket {
            i += 1;
        }
        let introduced = self.is(i, Class::In);
        if introduced {
            i += 1;
        }
        while self.is_any(i, &[Class::Det, Class::Capital, Class::Both, Class::Its, Class::Of])
            || self.items.get(i).is_some_and(|item| {
                matches!(item.folded.as_str(), "city" | "cities" | "respective" | "national" | "town" | "following")
            })
            || (self.is_mark(i, ',') || self.is_mark(i, ':')) && self.is(i - 1, Class::Capital)
        {
            i += 1;
        }
        if introduced && self.is(i, Class::EachOther) {
            let mut end = i + 1;
            while self.is_any(end, &[Class::Capital])
                || self.items.get(end).is_some_and(|item| item.what == What::Possessive)
                || self.items.get(end).is_some_and(|item| item.folded == "respective")
            {
                end += 1;
            }
            return (Places::EachOther, end);
        }
        // A bare comma before a place is the form "Embassy of India, Bratislava".
        if !introduced && !bracket && comma && !self.is_city(i) {
            return (Places::Named(Vec::new()), at);
        }
        if !introduced && !bracket && !comma && !self.is_city(i) {
            return (Places::Named(Vec::new()), at);
        }
        let mut places = Vec::new();
        while let Some((place, next)) = self.place(i, places.is_empty()) {
            places.push(place);
            i = next;
            let mut after = i;
            if self.is_mark(after, ',') || self.is_mark(after, '/') {
                after += 1;
            }
            if self.is_any(after, &[Class::And, Class::Or]) {
                after += 1;
            }
            while self.is(after, Class::Adverb) || self.is(after, Class::In) && after > i {
                after += 1;
            }
            if after == i || !self.continues_list(after) {
                break;
            }
            if self.is(after, Class::Det) {
                after += 1;
            }
            i = after;
        }
        if places.is_empty() {
            return (Places::Named(places), at);
        }
        if bracket && self.is_mark(i, ')') {
            i += 1;
        }
        (Places::Named(places), i)
    }

    /// The places that begin right at `at`, without an introduction: "from Tokyo, Japan".
    pub(super) fn places_bare(&self, at: usize) -> (Places, usize) {
        match self.place(at, true) {
            Some((place, next)) => (Places::Named(vec![place]), next),
            None => (Places::Named(Vec::new()), at),
        }
    }

    /// Whether a foreign ministry is named at `at`.
    pub(super) fn is_ministry(&self, at: usize) -> bool {
        let word = |offset: usize| self.item(at + offset).map_or("", |item| item.folded.as_str());
        word(0) == "foreign" && word(1).starts_with("minist")
            || word(0) == "ministry" && (word(1) == "of" && word(2) == "foreign" || word(1) == "for")
            || word(0) == "foreign" && word(1) == "affairs"
    }

    /// Whether the item names a city, or a capitalised word that may be one.
    fn is_city(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|item| match &item.what {
            What::Name(senses) => !senses.cities.is_empty(),
            _ => false,
        })
    }

    /// Whether a list of places goes on at `at`, and not a new clause or a new mission.
    fn continues_list(&self, at: usize) -> bool {
        let at = if self.is(at, Class::Det) { at + 1 } else { at };
        let Some(item) = self.item(at) else { return false };
        match &item.what {
            What::Name(senses) => {
                let adjective = senses.cities.is_empty() && senses.entities.iter().all(|(_, form)| *form != Form::Name);
                !adjective && !self.begins_clause(at)
            }
            What::Proper => !self.begins_clause(at),
            _ => false,
        }
    }

    /// Whether the name at `at` is the subject of a verb or the owner of what follows.
    pub(super) fn begins_clause(&self, at: usize) -> bool {
        let mut i = at + 1;
        while self.items.get(i).is_some_and(|item| item.what == What::Proper) {
            i += 1;
        }
        while self.is_any(i, &[Class::Adverb, Class::Both, Class::Each]) {
            i += 1;
        }
        // "and Spain an honorary consulate in …": the verb is left out.
        if self.is(i, Class::Det)
            && (i + 1..i + 4).any(|i| self.item(i).is_some_and(|item| matches!(item.what, What::Kind(..))))
        {
            return self.noun(at).is_some();
        }
        self.items.get(i).is_some_and(|item| item.what == What::Possessive || matches!(item.what, What::Kind(..)))
            || self.is_any(
                i,
                &[
                    Class::Have,
                    Class::Had,
                    Class::Be,
                    Class::Was,
                    Class::Open,
                    Class::Reopen,
                    Class::Close,
                    Class::Do,
                    Class::Plan,
                    Class::Accredit,
                    Class::Represent,
                    Class::Host,
                    Class::Lack,
                    Class::Officer,
                ],
            )
    }

    fn place(&self, at: usize, first: bool) -> Option<(Place, usize)> {
        let mut i = at;
        while self.is(i, Class::Det) {
            i += 1;
        }
        let item = self.item(i)?;
        let linked = self.linked(i);
        let (mut place, mut next) = match &item.what {
            What::Name(senses) => {
                let entity = self.entity(i, &[Form::Name]);
                let named_city = senses
                    .cities
                    .iter()
                    .any(|&city| crate::names::fold(&self.grammar.gazetteer.city_at(city).name) == item.folded);
                // "Guatemala" is also short for Guatemala City, but names the state; "Singapore" names both.
                let short = entity.is_some_and(|entity| {
                    crate::names::fold(&self.grammar.gazetteer.entity_at(entity).name) == item.folded
                });
                if senses.cities.is_empty() && entity.is_none() {
                    // An adjective of people, or an organisation, is no place.
                    return None;
                }
                // A territory in a list of cities of its sovereign ("in Åland and Oulu") is named like one of them.
                let island = senses.cities.is_empty()
                    && entity.is_some_and(|entity| {
                        let entity = self.grammar.gazetteer.entity_at(entity);
                        let sovereign =
                            entity.parent.as_deref().and_then(|parent| self.grammar.gazetteer.entity_index(parent));
                        sovereign.is_some()
                            && [self.context.article, self.context.other].contains(&sovereign)
                            && (self.is_mark(i + 1, ',')
                                || self.is(i + 1, Class::And)
                                || self.is(i.wrapping_sub(1), Class::And))
                    });
                if island {
                    (Place { city: Some(self.text(i, i + 1).to_owned()), cities: Vec::new(), country: entity }, i + 1)
                } else if senses.cities.is_empty() || entity.is_some() && short && !named_city {
                    (Place { city: None, cities: Vec::new(), country: entity }, i + 1)
                } else {
                    let cities = senses.cities.clone();
                    // "The Hague" keeps its article.
                    let article =
                        cities.iter().any(|&city| self.grammar.gazetteer.city_at(city).name.starts_with("The "));
                    let city = format!("{}{}", if article { "The " } else { "" }, self.text(i, i + 1));
                    (Place { city: Some(city), cities, country: None }, i + 1)
                }
            }
            What::Proper if self.is_ministry(i) || item.folded == "city" => return None,
            What::Proper => {
                let next = linked.as_ref().map_or_else(|| self.proper_end(i), |(next, _)| *next);
                let city = Some(self.text(i, next).trim_end_matches('.').to_owned());
                (Place { city, cities: Vec::new(), country: None }, next)
            }
            _ => return None,
        };
        if let Some((_, target)) = &linked {
            place.country = place.country.or_else(|| self.country_of_target(target));
        }
        // A country beside the city: ", Turkey", "(Turkey)", "in Turkey".
        let mut i = next;
        let open = self.is_mark(i, '(');
        let beside = self.noun(i).is_some_and(|country| {
            let hosts = place.cities.iter().map(|&city| self.grammar.gazetteer.city_at(city).entity.as_str());
            hosts.clone().count() > 0
                && hosts.into_iter().any(|host| host == self.slug(country))
                && !self.begins_clause(i)
        });
        if beside {
            // "Athens Greece"
            place.country = self.noun(i);
            return Some((place, i + 1));
        }
        let apart = open || self.is_mark(i, ',') || self.is(i, Class::In) && first && place.city.is_some();
        if apart {
            i += 1;
            while self.is_any(i, &[Class::Det, Class::In]) {
                i += 1;
            }
            if open && self.is_mark(i, ',') {
                i += 1;
            }
            let region = self.item(i).is_some_and(|item| {
                let hosts = place.cities.iter().map(|&city| &self.grammar.gazetteer.city_at(city).entity);
                hosts.clone().any(|host| self.grammar.lexicon.is_subdivision(&item.folded, host))
            });
            if region && !self.begins_clause(i) {
                next = i + 1 + usize::from(open && self.is_mark(i + 1, ')'));
                // "Honolulu, Hawaii, United States"
                let after = if self.is_mark(next, ',') { next + 1 } else { next };
                let country = if self.is(after, Class::Det) { after + 1 } else { after };
                if let Some(named) = self.noun(country).filter(|_| after > next && !self.begins_clause(country)) {
                    place.country = Some(named);
                    next = country + 1;
                }
            } else if let Some(country) = self.noun(i).filter(|_| place.city.is_some()) {
                let hosts: Vec<&str> =
                    place.cities.iter().map(|&city| self.grammar.gazetteer.city_at(city).entity.as_str()).collect();
                let entity = self.grammar.gazetteer.entity_at(country);
                // A territory beside a city of its sovereign is another place of the list.
                let own = hosts.iter().any(|host| {
                    *host == entity.slug
                        || self.grammar.gazetteer.entity(host).and_then(|host| host.parent.as_deref())
                            == Some(entity.slug.as_str())
                });
                let city_too =
                    self.item(i).and_then(|item| item.name()).is_some_and(|senses| !senses.cities.is_empty());
                // "in Bridgetown, Barbados is accredited to …": the verb belongs to the mission in Bridgetown.
                let passive = own && self.is_any(i + 1, &[Class::Be, Class::Was, Class::Accredit]);
                let ends = open || passive || !self.begins_clause(i);
                if own && ends || (open || place.cities.is_empty() && !city_too) && ends {
                    place.country = Some(country);
                    next = i + 1 + usize::from(open && self.is_mark(i + 1, ')'));
                }
            }
        }
        Some((place, next))
    }

    /// End of a run of capitalised words with the small words that names contain.
    fn proper_end(&self, at: usize) -> usize {
        let mut end = at + 1;
        loop {
            let mut i = end;
            if self.is_mark(i, '-') && self.items[i].start == self.items[i - 1].end {
                i += 1;
            }
            while self.item(i).is_some_and(|item| CONNECTORS.contains(&item.folded.as_str()) && !item.is(Class::In)) {
                i += 1;
            }
            let joins = self.item(i).is_some_and(|item| match &item.what {
                What::Proper => true,
                What::Name(senses) => i == end && !senses.cities.is_empty(),
                _ => false,
            });
            if !joins || i > end + 3 {
                return end;
            }
            end = i + 1;
        }
    }

    /// Where a link that begins at this item ends, and its target, if it is a link to a place.
    fn linked(&self, at: usize) -> Option<(usize, String)> {
        let start = self.items[at].start;
        let (range, target) = self.passage.links.iter().find(|(range, _)| range.start == start)?;
        let mut end = at;
        while self.item(end).is_some_and(|item| item.end <= range.end) {
            end += 1;
        }
        let short = end > at && end - at <= 5;
        let words = self.items[at..end].iter().all(|item| {
            matches!(item.what, What::Proper | What::Name(_) | What::Other | What::Mark('-'))
                || CONNECTORS.contains(&item.folded.as_str())
        });
        (short && words).then(|| (end, target.clone()))
    }

    /// The country that disambiguates a link target: "Tripoli, Libya", "Georgetown (Guyana)".
    fn country_of_target(&self, target: &str) -> Option<EntityAt> {
        let (_, last) = target.rsplit_once([',', '('])?;
        self.grammar.sole_entity(last.trim_end_matches(')'), self.context)
    }

    /// The country in which a place lies. `prefer` are the parties that it may lie in, best first: they
    /// decide between cities of one name.
    pub(super) fn country(&self, place: &Place, prefer: &[EntityAt]) -> Option<EntityAt> {
        if place.country.is_some() {
            return place.country;
        }
        let gazetteer = self.grammar.gazetteer;
        let hosts: Vec<EntityAt> =
            place.cities.iter().filter_map(|&city| gazetteer.entity_index(&gazetteer.city_at(city).entity)).collect();
        if let Some(party) = prefer.iter().find(|party| hosts.contains(party)) {
            return Some(*party);
        }
        match hosts.as_slice() {
            [] => None,
            [only] => Some(*only),
            _ => {
                // The one of overwhelming note has the plain slug in the table.
                place.cities.iter().zip(&hosts).find_map(|(&city, &host)| {
                    let city = gazetteer.city_at(city);
                    (city.slug == crate::names::slug_of(&city.name)).then_some(host)
                })
            }
        }
    }
}
