//! Kinds of tie: the one list that claims, facts, graph, tables, the carried form and exports share.

/// What a claim, a fact or an edge is about. The first nine join two parties and are edges of the network; a
/// capital and a total join nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TieKind {
    /// Resident mission: embassy, high commission, nunciature, legation.
    Mission,
    /// Consulate, honorary consulate, office, mission to an organisation.
    Post,
    /// Cover from elsewhere.
    Accreditation,
    /// Diplomatic relations.
    Relations,
    /// Recognition.
    Recognition,
    /// Membership of an organisation.
    Membership,
    /// Protection of interests by a third state.
    Protection,
    /// Land border.
    Border,
    /// Signed tie: alliance, dispute, sanctions.
    Signed,
    /// Capital or seat of government.
    Capital,
    /// A total that a document states.
    Count,
}

/// Name of a fact, name of the edges where ties are chosen, table, columns of its rows before `places`.
type Row = (TieKind, &'static str, &'static str, &'static str, &'static [&'static str]);

const MISSIONS: &[&str] =
    &["sending", "receiving", "kind", "city", "host", "level", "since", "until", "ending", "as_of"];

const ROWS: [Row; 11] = [
    (TieKind::Mission, "mission", "missions", "missions", MISSIONS),
    (TieKind::Post, "post", "posts", "missions", MISSIONS),
    (
        TieKind::Accreditation,
        "accreditation",
        "accreditation",
        "accreditations",
        &["sending", "receiving", "kind", "city", "host", "since", "until", "ending", "as_of"],
    ),
    (
        TieKind::Relations,
        "relations",
        "relations",
        "relations",
        &["a", "b", "kind", "date", "until", "ending", "as_of"],
    ),
    (
        TieKind::Recognition,
        "recognition",
        "recognition",
        "recognitions",
        &["recognizer", "recognized", "kind", "date", "until", "ending", "as_of"],
    ),
    (
        TieKind::Membership,
        "membership",
        "membership",
        "memberships",
        &["member", "organization", "kind", "status", "since", "until", "ending", "as_of"],
    ),
    (
        TieKind::Protection,
        "protection",
        "protection",
        "protections",
        &["sending", "receiving", "power", "city", "since", "until", "ending", "as_of"],
    ),
    (TieKind::Border, "border", "borders", "borders", &["a", "b", "metres"]),
    (TieKind::Signed, "tie", "ties", "ties", &["a", "b", "sign", "label", "claimed_by", "date", "until"]),
    (TieKind::Capital, "capital", "capitals", "capitals", &["subject", "city", "since", "until"]),
    (TieKind::Count, "count", "counts", "counts", &["subject", "what", "value", "as_of"]),
];

impl TieKind {
    /// Every kind, in order.
    pub const ALL: [TieKind; 11] = [
        TieKind::Mission,
        TieKind::Post,
        TieKind::Accreditation,
        TieKind::Relations,
        TieKind::Recognition,
        TieKind::Membership,
        TieKind::Protection,
        TieKind::Border,
        TieKind::Signed,
        TieKind::Capital,
        TieKind::Count,
    ];

    /// The kinds that are edges of the network, in order.
    pub const EDGES: [TieKind; 9] = [
        TieKind::Mission,
        TieKind::Post,
        TieKind::Accreditation,
        TieKind::Relations,
        TieKind::Recognition,
        TieKind::Membership,
        TieKind::Protection,
        TieKind::Border,
        TieKind::Signed,
    ];

    /// The kind itself if it joins two parties.
    pub fn edge(self) -> Option<TieKind> {
        (!matches!(self, TieKind::Capital | TieKind::Count)).then_some(self)
    }

    /// Name of one fact of this kind: `mission`.
    pub fn name(self) -> &'static str {
        ROWS[self as usize].1
    }

    /// Name where ties are chosen, as on the command line and in exports: `missions`.
    pub fn ties_name(self) -> &'static str {
        ROWS[self as usize].2
    }

    /// Table of a data set that holds its claims, without ending.
    pub fn table(self) -> &'static str {
        ROWS[self as usize].3
    }

    /// The word of its claims in files: `protecting_power`; of missions the [kind](super::MissionKind) is their word.
    pub fn claim_word(self) -> &'static str {
        match self {
            TieKind::Protection => "protecting_power",
            other => other.name(),
        }
    }

    /// Whether sources deny such ties: a border, a capital or a total is only told of where there is one.
    pub fn can_be_denied(self) -> bool {
        !matches!(self, TieKind::Border | TieKind::Signed | TieKind::Capital | TieKind::Count)
    }

    /// The column that says when it began; of a total, for when it is stated. Empty where nothing does.
    pub fn began_column(self) -> &'static str {
        let columns = self.columns().iter().filter(|column| matches!(**column, "since" | "date" | "as_of"));
        columns.copied().next().unwrap_or("")
    }

    /// Columns of that table, before `places`.
    pub fn columns(self) -> &'static [&'static str] {
        ROWS[self as usize].4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_the_kinds() {
        for (at, kind) in TieKind::ALL.into_iter().enumerate() {
            assert_eq!((kind as usize, ROWS[at].0), (at, kind));
        }
        assert!(TieKind::EDGES.into_iter().all(|kind| kind.edge() == Some(kind)));
    }
}
