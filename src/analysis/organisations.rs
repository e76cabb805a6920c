//! Sets of organisations: what a comparison counts.

use std::collections::BTreeSet;

use crate::affiliation::Affiliations;
use crate::model::{Bound, Span};
use crate::names::{Gazetteer, NameError, Named, Regions, family, slug_of};

/// Which organisations count. Every condition that is set must hold.
#[derive(Clone, Debug, Default)]
pub struct OrganisationSet {
    /// Kinds, as `igo` or `treaty`; any where empty.
    pub kinds: Vec<String>,
    /// `universal` or `regional`.
    pub scope: Option<String>,
    /// Founded in these years, first and last; what nobody dates is left out.
    pub founded: Option<(i16, i16)>,
    /// Of a region: most of its members lie there.
    pub region: Option<String>,
    /// No others than these (slugs).
    pub only: BTreeSet<String>,
    /// None of these (slugs).
    pub without: BTreeSet<String>,
}

/// A set that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum OrganisationSetError {
    /// A name does not resolve.
    #[error(transparent)]
    Name(#[from] NameError),
    /// There is no such kind.
    #[error("no organisation is of the kind \"{kind}\": say {known}")]
    Kind {
        /// What was asked for.
        kind: String,
        /// Kinds there are.
        known: String,
    },
    /// There is no such region.
    #[error("there is no region \"{region}\": say {known}")]
    Region {
        /// What was asked for.
        region: String,
        /// Regions there are.
        known: String,
    },
}

impl OrganisationSet {
    /// Whether every organisation counts.
    pub fn is_all(&self) -> bool {
        self.kinds.is_empty()
            && self.scope.is_none()
            && self.founded.is_none()
            && self.region.is_none()
            && self.only.is_empty()
            && self.without.is_empty()
    }

    /// Checks kinds and region against what there is.
    ///
    /// # Errors
    /// [`OrganisationSetError`] with the names there are.
    pub fn check(&self, gazetteer: &Gazetteer) -> Result<(), OrganisationSetError> {
        let kinds: BTreeSet<&str> = gazetteer.organisations().map(|known| known.kind.as_str()).collect();
        if let Some(kind) = self.kinds.iter().find(|kind| !kinds.contains(kind.as_str())) {
            let known = kinds.into_iter().collect::<Vec<_>>().join(", ");
            return Err(OrganisationSetError::Kind { kind: kind.clone(), known });
        }
        let regions = Regions::carried();
        let names = regions.names();
        if let Some(region) = self.region.iter().find(|region| !names.contains(region.as_str())) {
            let known = names.into_iter().collect::<Vec<_>>().join(", ");
            return Err(OrganisationSetError::Region { region: region.clone(), known });
        }
        Ok(())
    }

    /// Slugs that a name in `--only` or `--without` stands for: an organisation, a family such as `UN-system`, or a
    /// label of the table itself.
    ///
    /// # Errors
    /// [`NameError`] if it is none of these.
    pub fn named(name: &str, labels: &[String], gazetteer: &Gazetteer) -> Result<BTreeSet<String>, NameError> {
        if let Some(family) = family(name) {
            return Ok(family);
        }
        if let Some(label) = labels.iter().find(|label| *label == name) {
            return Ok([label.clone()].into());
        }
        match gazetteer.organisation_named(name).or_else(|| gazetteer.organisation_coded(name)) {
            Some(slug) => Ok([slug.to_owned()].into()),
            None => match gazetteer.resolve(name, None)? {
                Named::Organisation(organisation) => Ok([organisation.slug.to_string()].into()),
                _ if labels.contains(&slug_of(name)) => Ok([slug_of(name)].into()),
                _ => Err(NameError::Unknown { name: name.to_owned(), hints: Vec::new() }),
            },
        }
    }

    /// Places of the organisations of a table that count. Members and organisations are labelled by their slugs.
    pub fn places(&self, table: &Affiliations, gazetteer: &Gazetteer) -> Vec<usize> {
        let regions = Regions::carried();
        (0..table.organisations.len())
            .filter(|at| {
                let slug = table.organisations[*at].as_str();
                self.holds(slug, gazetteer)
                    && self.region.as_deref().is_none_or(|region| lies_in(table, *at, region, &regions))
            })
            .collect()
    }

    /// Whether an organisation counts, by what is known of it without its members.
    pub fn holds(&self, slug: &str, gazetteer: &Gazetteer) -> bool {
        let known = gazetteer.organisation(slug);
        let founded = |years: (i16, i16), span: Span| {
            let year = |bound: Bound| bound.known_year();
            year(span.began).is_some_and(|year| (years.0..=years.1).contains(&year))
        };
        (self.only.is_empty() || self.only.contains(slug))
            && !self.without.contains(slug)
            && (self.kinds.is_empty() || known.is_some_and(|known| self.kinds.contains(&known.kind)))
            && self.scope.as_ref().is_none_or(|scope| known.is_some_and(|known| known.scope == *scope))
            && self.founded.is_none_or(|years| known.is_some_and(|known| founded(years, known.span)))
    }

    /// What is told with a result; nothing where every organisation counts.
    pub fn caption(&self) -> Option<String> {
        let mut parts = Vec::new();
        if !self.kinds.is_empty() {
            parts.push(format!("of kind {}", self.kinds.join(" or ")));
        }
        parts.extend(self.scope.clone());
        if let Some((from, to)) = self.founded {
            let open = |year: i16, open: i16| if year == open { String::new() } else { year.to_string() };
            parts.push(format!("founded {}..{}", open(from, i16::MIN), open(to, i16::MAX)));
        }
        parts.extend(self.region.as_ref().map(|region| format!("of {region} by most of its members")));
        if !self.only.is_empty() {
            parts.push(format!("only {} named", self.only.len()));
        }
        if !self.without.is_empty() {
            parts.push(format!("without {} named", self.without.len()));
        }
        (!parts.is_empty()).then(|| format!("organisations {}", parts.join(", ")))
    }
}

/// Whether most of an organisation's members lie in a region.
fn lies_in(table: &Affiliations, organisation: usize, region: &str, regions: &Regions) -> bool {
    let members: Vec<&str> = (0..table.members.len())
        .filter(|member| table.cells().get(*member, organisation))
        .map(|member| table.members[member].as_str())
        .collect();
    let inside = members
        .iter()
        .filter(|member| regions.of(member).is_some_and(|(whole, part)| whole == region || part == region));
    2 * inside.count() > members.len()
}
