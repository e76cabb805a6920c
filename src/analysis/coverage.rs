//! Who covers a state: resident mission, else accreditation with its seat, else denial, else unknown.

use petgraph::Direction;
use petgraph::graph::NodeIndex;

use super::Standing;
use crate::graph::{Seat, TieType, View};
use crate::model::{Bound, Fact, MissionKind, Statement};

/// The form in which one state is represented in another, closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CoverForm {
    /// Embassy, high commission, nunciature or legation (VCDR 1961, art. 2 and 3).
    Resident,
    /// Non-resident accreditation from a mission elsewhere (VCDR art. 5(1)).
    Accredited,
    /// Non-resident ambassador who lives in the sender's own capital.
    FromHome,
    /// Consulates, honorary consulates or offices beside or below a diplomatic mission.
    PostOnly,
    /// A third state looks after the sender's interests (VCDR art. 45 and 46); the seat's host is that state.
    Protected,
    /// The sources deny any accreditation: known none.
    KnownNone,
    /// The sources deny a resident mission and say nothing of other cover.
    NoEmbassy,
    /// The sources say that there are no diplomatic relations.
    NoRelations,
    /// These sources do not tell.
    Unknown,
}

impl CoverForm {
    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            CoverForm::Resident => "resident mission",
            CoverForm::Accredited => "accredited from elsewhere",
            CoverForm::FromHome => "ambassador resident at home",
            CoverForm::PostOnly => "consulate or office",
            CoverForm::Protected => "interests protected by host",
            CoverForm::KnownNone => "known none",
            CoverForm::NoEmbassy => "no embassy",
            CoverForm::NoRelations => "no relations",
            CoverForm::Unknown => "unknown to these sources",
        }
    }
}

/// One way in which `sending` is represented in `receiving`, or that it is not.
#[derive(Clone, Debug)]
pub struct Cover<'n> {
    /// Sending state (slug).
    pub sending: &'n str,
    /// Receiving state (slug).
    pub receiving: &'n str,
    /// The form.
    pub form: CoverForm,
    /// Kind of mission, for resident missions and posts.
    pub kind: Option<MissionKind>,
    /// Where; `None` where no source says.
    pub seat: Option<Seat>,
    /// Since when, by the preferred reading.
    pub since: Bound,
    /// How well attested.
    pub standing: Standing,
    /// The fact, for evidence; `None` for [`CoverForm::Unknown`].
    pub fact: Option<&'n Fact>,
}

/// Lists how `receiving` is covered, by `sending` alone or by everyone of whom anything is known.
///
/// One row a form and reading: a sender with a resident mission and a claimed accreditation has two rows,
/// and so has one whose accreditation is given two seats. Rows: by sender's name, closest form first. With
/// `sending` there is always a row, [`CoverForm::Unknown`] if the sources are silent. O(ties of `receiving`).
///
/// Levels follow Articles 2 to 5 of the Vienna Convention on Diplomatic Relations, 1961.
pub fn coverage<'n>(view: &View<'n>, receiving: NodeIndex, sending: Option<NodeIndex>) -> Vec<Cover<'n>> {
    let senders: Vec<NodeIndex> = match sending {
        Some(sending) => vec![sending],
        None => {
            let mut senders: Vec<NodeIndex> = view
                .network
                .graph()
                .neighbors_directed(receiving, Direction::Incoming)
                .filter(|node| *node != receiving && view.counts(*node))
                .collect();
            senders.sort_unstable();
            senders.dedup();
            senders
        }
    };
    let mut rows = Vec::new();
    for sender in senders {
        let found = pair(view, sender, receiving);
        if found.is_empty() && sending.is_some() {
            rows.push(Cover {
                sending: view.slug(sender),
                receiving: view.slug(receiving),
                form: CoverForm::Unknown,
                kind: None,
                seat: None,
                since: Bound::UNKNOWN,
                standing: Standing::SingleSource,
                fact: None,
            });
        }
        rows.extend(found);
    }
    let name = |slug: &str| crate::names::fold(view.network.gazetteer.display(slug));
    rows.sort_by(|a, b| name(a.sending).cmp(&name(b.sending)).then(a.form.cmp(&b.form)));
    rows
}

fn pair<'n>(view: &View<'n>, sender: NodeIndex, receiver: NodeIndex) -> Vec<Cover<'n>> {
    let mut rows = Vec::new();
    let (sending, receiving) = (view.slug(sender), view.slug(receiver));
    let mut add = |form: CoverForm, statement: &Statement, fact: &'n Fact| {
        let kind = if let Statement::Mission { kind, .. } = statement { Some(*kind) } else { None };
        let seat = view.network.seat(statement).filter(|seat| seat.city.is_some() || seat.host.is_some());
        rows.push(Cover {
            sending,
            receiving,
            form,
            kind,
            seat: seat.filter(|_| form <= CoverForm::Protected),
            since: fact.span().began,
            standing: Standing::of(fact),
            fact: Some(fact),
        });
    };
    for fact in view.between(sender, receiver, TieType::Mission) {
        let form = if fact.is_denied() { CoverForm::NoEmbassy } else { CoverForm::Resident };
        for reading in fact.tie.readings() {
            add(form, &reading.value, fact);
        }
    }
    for fact in view.between(sender, receiver, TieType::Accreditation) {
        for reading in fact.tie.readings() {
            let home = matches!(&reading.value, Statement::Accreditation { host: Some(host), .. } if host == sending);
            let form = match (fact.is_denied(), home) {
                (true, _) => CoverForm::KnownNone,
                (false, true) => CoverForm::FromHome,
                (false, false) => CoverForm::Accredited,
            };
            add(form, &reading.value, fact);
        }
    }
    for fact in view.between(sender, receiver, TieType::Post) {
        if !fact.is_denied() {
            add(CoverForm::PostOnly, fact.tie.value(), fact);
        }
    }
    for fact in view.between(sender, receiver, TieType::Protection) {
        for reading in fact.tie.readings() {
            add(CoverForm::Protected, &reading.value, fact);
        }
    }
    let denied = view.relations(sender, receiver).filter(|fact| fact.is_denied());
    if let Some(fact) = denied {
        add(CoverForm::NoRelations, fact.tie.value(), fact);
    }
    // What a closer form answers, a mere denial of an embassy does not add to.
    let covered = rows.iter().any(|row| row.form <= CoverForm::FromHome && row.standing != Standing::Disputed);
    if covered {
        rows.retain(|row| row.form != CoverForm::NoEmbassy);
    }
    rows.sort_by_key(|row| row.form);
    rows
}
