//! What describes a bloc of states: organisations to which its members belong more than others, and groupings that are
//! known beforehand.

use std::collections::BTreeMap;

use super::organisations::OrganisationSet;
use super::portfolios::{PortfolioKind, PortfolioRule, portfolios};
use super::statuses::StatusRule;
use crate::graph::View;
use crate::names::Regions;
use crate::structure::communities::{Agreement, Partition};

/// An organisation and how much it tells of a bloc.
#[derive(Clone, Debug, PartialEq)]
pub struct Describing {
    /// The organisation (slug).
    pub organisation: String,
    /// Logarithm of the odds to belong to it inside against outside, each count half a state larger (Haldane 1956).
    pub log_odds: f64,
    /// By its standard error: what 2 and more is hardly by chance.
    pub z: f64,
    /// Members of the bloc that belong to it.
    pub inside: usize,
    /// Others that do.
    pub outside: usize,
}

/// Memberships of the states of a partition, as rows of a table.
pub struct Belonging {
    organisations: Vec<String>,
    /// Of each organisation, whether each state belongs to it.
    held: Vec<Vec<bool>>,
}

impl Belonging {
    /// Full memberships of some states (slugs) in a view.
    pub fn of(view: &View<'_>, slugs: &[String]) -> Belonging {
        let (statuses, all) = (StatusRule::full(), OrganisationSet::default());
        let rule = PortfolioRule { kind: PortfolioKind::Memberships, statuses: &statuses, organisations: &all };
        let table = portfolios(view, rule, &[]);
        let rows: Vec<Option<usize>> = slugs.iter().map(|slug| table.member(slug)).collect();
        let held = (0..table.organisations.len())
            .map(|at| rows.iter().map(|row| row.is_some_and(|row| table.cells().get(row, at))).collect())
            .collect();
        Belonging { organisations: table.organisations, held }
    }

    /// The organisations that tell most of each bloc, by z, then by slug; at most so many a bloc, and only those to which
    /// half of it belongs; none of a bloc of one or two.
    #[allow(clippy::cast_precision_loss)]
    pub fn describing(&self, partition: &Partition, most: usize) -> Vec<Vec<Describing>> {
        let mut found: Vec<Vec<Describing>> = vec![Vec::new(); partition.count()];
        for (organisation, held) in self.organisations.iter().zip(&self.held) {
            let all = held.iter().filter(|held| **held).count();
            let mut inside = vec![0; partition.count()];
            held.iter().zip(&partition.labels).filter(|(held, _)| **held).for_each(|(_, label)| inside[*label] += 1);
            for (label, inside) in inside.into_iter().enumerate() {
                let size = partition.sizes[label];
                let (a, b) = (inside as f64 + 0.5, (size - inside) as f64 + 0.5);
                let outside = all - inside;
                let c = outside as f64 + 0.5;
                let d = (held.len() - size - outside) as f64 + 0.5;
                let log_odds = (a * d / (b * c)).ln();
                let z = log_odds / (1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d).sqrt();
                if size > 2 && 2 * inside >= size && z >= 2.0 {
                    let organisation = organisation.clone();
                    found[label].push(Describing { organisation, log_odds, z, inside, outside });
                }
            }
        }
        for list in &mut found {
            list.sort_by(|a, b| b.z.total_cmp(&a.z).then_with(|| a.organisation.cmp(&b.organisation)));
            list.truncate(most);
        }
        found
    }

    /// How well membership of each organisation, in or out, agrees with a partition: those to which at least `least` states
    /// belong and as many do not, by NMI, then by slug.
    pub fn agreement(&self, partition: &Partition, least: usize) -> Vec<(String, Agreement)> {
        let mut found: Vec<(String, Agreement)> = self
            .organisations
            .iter()
            .zip(&self.held)
            .filter(|(_, held)| {
                let all = held.iter().filter(|held| **held).count();
                all >= least && held.len() - all >= least
            })
            .map(|(organisation, held)| (organisation.clone(), Agreement::of(held, &partition.labels)))
            .collect();
        found.sort_by(|a, b| b.1.nmi.total_cmp(&a.1.nmi).then_with(|| a.0.cmp(&b.0)));
        found
    }
}

/// Regions and subregions of M49 as groupings of some states (slugs), with their names; who lies in none is in one of
/// its own.
pub fn regions(slugs: &[String]) -> [(&'static str, Vec<usize>); 2] {
    let regions = Regions::carried();
    let labels = |name: &dyn Fn((&str, &str)) -> String| -> Vec<usize> {
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        slugs
            .iter()
            .map(|slug| {
                let name = regions.of(slug).map_or_else(|| slug.clone(), name);
                let next = numbers.len();
                *numbers.entry(name).or_insert(next)
            })
            .collect()
    };
    [
        ("region", labels(&|(region, _)| region.to_owned())),
        ("subregion", labels(&|(_, subregion)| subregion.to_owned())),
    ]
}
