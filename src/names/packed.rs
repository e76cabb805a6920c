//! The gazetteer in the compact form that the program carries: opened in place, its rows decoded as they are
//! asked for.

use serde::{Deserialize, Serialize};

use super::gazetteer::{Code, EntityNames, Form, Gazetteer, Sense, Succession, WrittenName};
use super::index::{Index, Rows};
use super::position::{CityAt, EntityAt, OrganisationAt};
use super::tables::TableError;
use crate::model::{City, Entity, EntityKind, Organisation, PackedSpan, Span};

/// The lists as they are written. Strings and bytes are read in place.
#[derive(Serialize, Deserialize)]
struct Tables<'a> {
    #[serde(borrow)]
    entities: Vec<EntityRow<'a>>,
    #[serde(borrow)]
    names: PackedRows<'a>,
    #[serde(borrow)]
    cities: PackedRows<'a>,
    #[serde(borrow)]
    organisations: PackedRows<'a>,
    #[serde(borrow)]
    rosters: Vec<(&'a str, Vec<(u32, PackedSpan)>)>,
    #[serde(borrow)]
    successions: Vec<(&'a str, &'a str, PackedSpan, &'a str)>,
    #[serde(borrow)]
    abbreviations: Vec<&'a str>,
    spans: Vec<PackedSpan>,
    #[serde(borrow)]
    senses: PackedIndex<'a>,
    #[serde(borrow)]
    longest: PackedIndex<'a>,
    #[serde(borrow)]
    codes: PackedIndex<'a>,
}

#[derive(Serialize, Deserialize)]
struct EntityRow<'a> {
    slug: &'a str,
    kind: u8,
    name: &'a str,
    span: PackedSpan,
    parent: &'a str,
    capital: &'a str,
}

/// Codes (system, code, validity) and names (name, use, language, validity).
type NamesRow<'a> = (Vec<(&'a str, &'a str, PackedSpan)>, Vec<(&'a str, &'a str, &'a str, PackedSpan)>);

/// Slug, name, entity, degrees north and east, capital.
type CityRow<'a> = (&'a str, &'a str, &'a str, Option<f64>, Option<f64>, bool);

/// Slug, abbreviation, name, kind, scope, seat, host, life, abbreviation in the Correlates of War.
type OrganisationRow<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str, &'a str, &'a str, PackedSpan, &'a str);

#[derive(Serialize, Deserialize)]
struct PackedRows<'a> {
    #[serde(borrow, with = "bytes")]
    ends: std::borrow::Cow<'a, [u8]>,
    #[serde(borrow, with = "bytes")]
    rows: std::borrow::Cow<'a, [u8]>,
}

#[derive(Serialize, Deserialize)]
struct PackedIndex<'a> {
    text: &'a str,
    #[serde(borrow, with = "bytes")]
    key_ends: std::borrow::Cow<'a, [u8]>,
    #[serde(borrow, with = "bytes")]
    ends: std::borrow::Cow<'a, [u8]>,
    #[serde(borrow, with = "bytes")]
    values: std::borrow::Cow<'a, [u8]>,
}

/// Bytes as they are, borrowed when they are read.
mod bytes {
    use std::borrow::Cow;

    use serde::{Deserialize, Deserializer, Serializer};

    #[allow(clippy::ptr_arg)] // serde hands over the field as it is
    pub(super) fn serialize<S: Serializer>(bytes: &Cow<'_, [u8]>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Cow<'de, [u8]>, D::Error> {
        <&'de [u8]>::deserialize(deserializer).map(Cow::Borrowed)
    }
}

fn rows<T: Serialize>(list: impl Iterator<Item = T>) -> Result<PackedRows<'static>, TableError> {
    let (mut ends, mut rows) = (Vec::new(), Vec::new());
    for row in list {
        rows.extend(postcard::to_allocvec(&row)?);
        ends.extend(u32::try_from(rows.len()).unwrap_or(u32::MAX).to_le_bytes());
    }
    Ok(PackedRows { ends: ends.into(), rows: rows.into() })
}

fn still(bytes: std::borrow::Cow<'static, [u8]>) -> &'static [u8] {
    match bytes {
        std::borrow::Cow::Borrowed(bytes) => bytes,
        std::borrow::Cow::Owned(bytes) => bytes.leak(),
    }
}

fn read_names(bytes: &'static [u8]) -> Option<EntityNames> {
    let (codes, names): NamesRow<'static> = postcard::from_bytes(bytes).ok()?;
    let codes = codes.into_iter().map(|(system, code, span)| Code {
        system: system.to_owned(),
        code: code.to_owned(),
        span: Span::unpacked(span),
    });
    let names = names.into_iter().map(|(name, used_as, language, span)| WrittenName {
        name: name.to_owned(),
        used_as: used_as.to_owned(),
        language: language.to_owned(),
        span: Span::unpacked(span),
    });
    Some(EntityNames { codes: codes.collect(), names: names.collect() })
}

fn read_city(bytes: &'static [u8]) -> Option<City> {
    let (slug, name, entity, latitude, longitude, capital): CityRow<'static> = postcard::from_bytes(bytes).ok()?;
    Some(City { slug: slug.into(), name: name.to_owned(), entity: entity.into(), latitude, longitude, capital })
}

fn read_organisation(bytes: &'static [u8]) -> Option<Organisation> {
    let (slug, abbreviation, name, kind, scope, seat, host, span, cow): OrganisationRow<'static> =
        postcard::from_bytes(bytes).ok()?;
    Some(Organisation {
        slug: slug.into(),
        abbreviation: abbreviation.to_owned(),
        name: name.to_owned(),
        kind: kind.to_owned(),
        scope: scope.to_owned(),
        seat: (!seat.is_empty()).then(|| seat.into()),
        host: (!host.is_empty()).then(|| host.into()),
        span: Span::unpacked(span),
        cow: cow.to_owned(),
    })
}

fn pack_index(index: Index) -> PackedIndex<'static> {
    PackedIndex {
        text: index.text,
        key_ends: index.key_ends.into(),
        ends: index.ends.into(),
        values: index.values.into(),
    }
}

fn open_index(packed: PackedIndex<'static>) -> Index {
    let PackedIndex { text, key_ends, ends, values } = packed;
    Index { text, key_ends: still(key_ends), ends: still(ends), values: still(values) }
}

impl Gazetteer {
    /// The compact form: postcard of the lists in their order.
    ///
    /// # Errors
    /// [`TableError::Packed`] if postcard refuses, which it does for no table.
    pub fn pack(&self) -> Result<Vec<u8>, TableError> {
        let entity = |entity: &'_ Entity| {
            let kind = EntityKind::ALL.iter().position(|kind| *kind == entity.kind);
            kind.and_then(|kind| u8::try_from(kind).ok()).unwrap_or(u8::MAX)
        };
        let tables = Tables {
            entities: self
                .entities
                .iter()
                .map(|row| EntityRow {
                    slug: &row.slug,
                    kind: entity(row),
                    name: &row.name,
                    span: row.span.packed(),
                    parent: row.parent.as_deref().unwrap_or(""),
                    capital: row.capital.as_deref().unwrap_or(""),
                })
                .collect(),
            names: rows(self.names.iter().map(|row| -> NamesRow<'_> {
                let codes = row.codes.iter().map(|code| (code.system.as_str(), code.code.as_str(), code.span.packed()));
                let names = row.names.iter().map(|name| {
                    (name.name.as_str(), name.used_as.as_str(), name.language.as_str(), name.span.packed())
                });
                (codes.collect(), names.collect())
            }))?,
            cities: rows(self.cities.iter().map(|row| -> CityRow<'_> {
                (&row.slug, &row.name, &row.entity, row.latitude, row.longitude, row.capital)
            }))?,
            organisations: rows(self.organisations.iter().map(|row| -> OrganisationRow<'_> {
                let span = row.span.packed();
                let (seat, host) = (row.seat.as_deref().unwrap_or_default(), row.host.as_deref().unwrap_or_default());
                (&row.slug, &row.abbreviation, &row.name, &row.kind, &row.scope, seat, host, span, &row.cow)
            }))?,
            rosters: self
                .rosters
                .iter()
                .map(|(name, rows)| {
                    (name.as_str(), rows.iter().map(|(at, span)| (at.number(), span.packed())).collect())
                })
                .collect(),
            successions: self
                .successions
                .iter()
                .map(|row| {
                    (row.former.as_str(), row.successor.as_str(), Span::since(row.date).packed(), row.mode.as_str())
                })
                .collect(),
            abbreviations: self.abbreviations.clone(),
            spans: self.spans.iter().map(|span| span.packed()).collect(),
            senses: pack_index(self.senses),
            longest: pack_index(self.longest),
            codes: pack_index(self.by_code),
        };
        Ok(postcard::to_allocvec(&tables)?)
    }

    /// Opens the compact form in place.
    ///
    /// # Errors
    /// [`TableError::Packed`] where the bytes are none of [`Gazetteer::pack`].
    pub fn unpack(bytes: &'static [u8]) -> Result<Gazetteer, TableError> {
        let tables: Tables<'static> = postcard::from_bytes(bytes)?;
        let present = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let entity = |row: EntityRow<'_>| Entity {
            slug: row.slug.into(),
            kind: EntityKind::ALL.get(usize::from(row.kind)).copied().unwrap_or(EntityKind::Actor),
            name: row.name.to_owned(),
            span: Span::unpacked(row.span),
            parent: present(row.parent).map(Into::into),
            capital: present(row.capital).map(Into::into),
        };
        let roster = |(name, rows): (&str, Vec<(u32, PackedSpan)>)| {
            let rows = rows.into_iter().map(|(at, span)| (EntityAt::numbered(at), Span::unpacked(span)));
            (name.to_owned(), rows.collect())
        };
        let succession = |(former, successor, date, mode): (&str, &str, PackedSpan, &str)| Succession {
            former: former.to_owned(),
            successor: successor.to_owned(),
            date: Span::unpacked(date).began,
            mode: mode.to_owned(),
        };
        Ok(Gazetteer {
            lives: std::sync::OnceLock::new(),
            places: std::sync::OnceLock::new(),
            entities: tables.entities.into_iter().map(entity).collect(),
            names: Rows::packed(still(tables.names.ends), still(tables.names.rows), read_names),
            cities: Rows::packed(still(tables.cities.ends), still(tables.cities.rows), read_city),
            organisations: Rows::packed(
                still(tables.organisations.ends),
                still(tables.organisations.rows),
                read_organisation,
            ),
            senses: open_index(tables.senses),
            longest: open_index(tables.longest),
            by_code: open_index(tables.codes),
            rosters: tables.rosters.into_iter().map(roster).collect(),
            successions: tables.successions.into_iter().map(succession).collect(),
            abbreviations: tables.abbreviations,
            spans: tables.spans.into_iter().map(Span::unpacked).collect(),
        })
    }
}

const FORMS: [Form; 3] = [Form::Name, Form::Demonym, Form::People];

impl Sense {
    /// The meaning as a number: what it is in the top byte, the place of the span of a name in the next two,
    /// which one in the lower half.
    pub(super) fn packed(&self, span: usize) -> u64 {
        let (what, at) = match self {
            Sense::Entity(at, form, _) => (FORMS.iter().position(|known| known == form).unwrap_or(0), at.number()),
            Sense::City(at) => (3, at.number()),
            Sense::Organisation(at) => (4, at.number()),
        };
        (what as u64) << 56 | (span as u64) << 32 | u64::from(at)
    }

    /// The meaning of such a number, with the spans of names.
    pub(super) fn unpacked(packed: u64, spans: &[Span]) -> Sense {
        let at = u32::try_from(packed & 0xffff_ffff).unwrap_or(0);
        match packed >> 56 {
            3 => Sense::City(CityAt::numbered(at)),
            4 => Sense::Organisation(OrganisationAt::numbered(at)),
            form => {
                let span = usize::try_from(packed >> 32 & 0xffff).unwrap_or(0);
                let form = FORMS[usize::try_from(form).unwrap_or(0).min(2)];
                Sense::Entity(EntityAt::numbered(at), form, spans.get(span).copied().unwrap_or_default())
            }
        }
    }
}
