//! `legation path`: how two states are connected, by the best ways that are distinct.

use crate::model::TieKind;
use clap::Args;
use petgraph::graph::NodeIndex;

use super::answers::{date, name, said};
use super::shared::{Ask, Outcome, one_of};
use crate::analysis::{self, WayRule};
use crate::export::{Answer, Cell};
use crate::graph::View;
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Start
    from: String,
    /// End
    to: String,
    /// Ties to go over, by commas
    #[arg(long, value_delimiter = ',', default_value = "missions,accreditation,relations", value_parser = one_of(&TieKind::EDGES, TieKind::ties_name))]
    by: Vec<TieKind>,
    /// How many ways
    #[arg(short, long = "count", default_value_t = 3, value_name = "N")]
    k: usize,
    /// State or organisation that no way touches; may be given again
    #[arg(long, value_name = "NAME")]
    avoid: Vec<String>,
    /// State or organisation that every way touches; may be given again
    #[arg(long, value_name = "NAME")]
    through: Vec<String>,
    /// Most hops of a way
    #[arg(long, value_name = "N")]
    max_hops: Option<usize>,
    #[command(flatten)]
    pub ask: Ask,
}

/// Most ways that are sought.
const MOST: usize = 1000;

impl Arguments {
    /// Both ends and what ways may do.
    pub(super) fn rule(&self, view: &View<'_>) -> anyhow::Result<(NodeIndex, NodeIndex, WayRule)> {
        let (from, to) = (view.find(&self.from)?, view.find(&self.to)?);
        anyhow::ensure!(from != to, "the way begins and ends at {}", view.name(from));
        anyhow::ensure!((1..=MOST).contains(&self.k), "-k {}: say a number from 1 to {MOST}", self.k);
        anyhow::ensure!(self.through.len() <= 8, "--through takes at most eight names");
        let found = |names: &[String]| names.iter().map(|name| view.find(name)).collect::<Result<Vec<_>, _>>();
        let rule = WayRule {
            ties: self.by.clone(),
            avoid: found(&self.avoid)?,
            through: found(&self.through)?,
            max_hops: self.max_hops,
            most: self.k,
        };
        if let Some(both) = rule.avoid.iter().find(|node| [from, to].contains(node) || rule.through.contains(node)) {
            anyhow::bail!("--avoid {} shuts out a place that the way must touch", view.slug(*both));
        }
        Ok((from, to, rule))
    }
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let (from, to, rule) = arguments.rule(&view)?;
    let by: Vec<&str> = arguments.by.iter().map(|tie| tie.ties_name()).collect();
    let mut answer = Answer::new(
        format!("path {} {} --by {}", view.slug(from), view.slug(to), by.join(",")),
        view.caption(),
        &["way", "cost", "hop", "from", "to", "tie", "says", "since", "hop_cost"],
    );
    match analysis::ways(&view, from, to, &rule) {
        Ok(found) => {
            for (number, way) in (1..).zip(&found.ways) {
                for (at, hop) in (1..).zip(&way.hops) {
                    for fact in &hop.facts {
                        answer.row(
                            vec![
                                Cell::Integer(number),
                                Cell::Number(way.cost),
                                Cell::Integer(at),
                                name(&network, fact.subject()),
                                name(&network, fact.object()),
                                Cell::from(fact.key.kind().name()),
                                Cell::from(said(&network, fact.tie.value())),
                                date(fact.span().began),
                                Cell::Number(analysis::weight_and_cost(fact).1),
                            ],
                            &fact.origins(),
                        );
                    }
                }
                let slugs = std::iter::once(view.slug(from)).chain(way.hops.iter().map(|hop| hop.to));
                let told: Vec<&str> = slugs.map(|slug| gazetteer.display(slug)).collect();
                let hops = if way.hops.len() == 1 { "1 hop".to_owned() } else { format!("{} hops", way.hops.len()) };
                answer.notes.push(format!("way {number}, {hops}, cost {}: {}", way.cost, told.join(" → ")));
            }
            if found.as_good > 0 {
                let many =
                    if found.as_good >= 1000 { "1000 or more".to_owned() } else { format!("{} more", found.as_good) };
                answer.notes.push(format!(
                    "{many} cost as much as the last one; the first by name are shown: -k asks for more"
                ));
            }
            if found.cut_short {
                answer.notes.push("the search ended at its limit: there may be others".to_owned());
            }
            answer
                .notes
                .push("cost: data/rules/weights.csv, of the best tie of each hop; a tie carries both ways".to_owned());
        }
        Err(error) => answer.notes.push(error.to_string()),
    }
    arguments.ask.print(&answer)
}
