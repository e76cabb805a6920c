//! Facts in the compact form that the program carries.
//!
//! A fact is its key and its claims; its readings are settled when it is first asked for, by the very code
//! that settles them in a file. What a graph needs of every fact (parties, kind, denial, span) stands in heads
//! of equal width, so that nothing is decoded to find a neighbour.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::precedence::Witnesses;
use super::{DataSet, group, reconcile};
use crate::model::{
    Authority, Claim, Fact, FactKey, Level, MissionClass, MissionKind, Origin, Polarity, Source, Span, Statement,
    TieKind,
};
use crate::names::Gazetteer;

/// Bytes of a head: subject, object, flags, span, place of the fact.
const HEAD: usize = 32;

/// A string, by its place in the list of strings.
type Text = u32;

#[derive(Serialize, Deserialize)]
struct Whole<'a> {
    #[serde(borrow)]
    strings: Vec<&'a str>,
    sources: Vec<PackedSource>,
    /// Entities and organisations that facts name, in the order of their slugs.
    nodes: Vec<Text>,
    heads: &'a [u8],
    facts: &'a [u8],
}

/// Document, format, subject, edition, licence, authority, publisher, work.
type PackedSource = (Text, Text, Text, Text, Text, u8, Text, Text);

#[derive(Serialize, Deserialize)]
struct PackedFact {
    key: PackedKey,
    claims: Vec<PackedClaim>,
}

/// Kind, three strings, a number.
type PackedKey = (u8, Text, Text, Text, Text, u16);

#[derive(Serialize, Deserialize)]
struct PackedClaim {
    statement: PackedStatement,
    denied: bool,
    span: crate::model::PackedSpan,
    document: Text,
    line: u32,
}

#[derive(Serialize, Deserialize)]
enum PackedStatement {
    Mission(u8, Text, Text, Text, Text, u8),
    Accreditation(Text, Text, Text, Text),
    Relations(Text, Text),
    Recognition(Text, Text),
    Membership(Text, Text, Text),
    Protection(Text, Text, Text, Text),
    Border(Text, Text, Option<i64>),
    Capital(Text, Text),
    Count(Text, Text, i64),
    Tie(Text, Text, i8, Text, Text),
}

/// A compact form that does not hold together: only a damaged build has one.
#[derive(Debug, thiserror::Error)]
#[error("the data set in the program is damaged: {0}")]
pub struct PackedError(#[from] postcard::Error);

/// Strings while a form is written: each once, in order of their first use. The first is empty.
struct Strings {
    known: BTreeMap<String, Text>,
    list: Vec<String>,
}

impl Strings {
    fn new() -> Strings {
        let mut strings = Strings { known: BTreeMap::new(), list: Vec::new() };
        strings.of("");
        strings
    }

    fn of(&mut self, text: &str) -> Text {
        if let Some(at) = self.known.get(text) {
            return *at;
        }
        let at = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.list.push(text.to_owned());
        self.known.insert(text.to_owned(), at);
        at
    }

    fn maybe(&mut self, text: Option<&str>) -> Text {
        self.of(text.unwrap_or(""))
    }
}

const CLASSES: [MissionClass; 5] = [
    MissionClass::Resident,
    MissionClass::Consular,
    MissionClass::Honorary,
    MissionClass::Office,
    MissionClass::Permanent,
];

fn place<T: PartialEq>(list: impl IntoIterator<Item = T>, wanted: &T) -> u8 {
    list.into_iter().position(|known| known == *wanted).and_then(|at| u8::try_from(at).ok()).unwrap_or(0)
}

fn pack_key(key: &FactKey, strings: &mut Strings) -> PackedKey {
    let kind = place(TieKind::ALL, &key.kind());
    let (a, b) = key.parties();
    let (a, b) = (strings.of(a), strings.of(b));
    let (c, d, number) = match key {
        FactKey::Post(class, _, _, city, past) => {
            (strings.of(city), 0, u16::from(place(CLASSES, class)) << 1 | u16::from(*past))
        }
        FactKey::Resident(_, _, past) | FactKey::Accreditation(_, _, past) | FactKey::Protection(_, _, past) => {
            (0, 0, u16::from(*past))
        }
        FactKey::Relations(_, _, number) | FactKey::Membership(_, _, number) => (0, 0, *number),
        FactKey::Count(_, _, date) => (strings.of(date), 0, 0),
        FactKey::Tie(_, _, label, date) => (strings.of(label), strings.of(date), 0),
        FactKey::Recognition(..) | FactKey::Border(..) | FactKey::Capital(..) => (0, 0, 0),
    };
    (kind, a, b, c, d, number)
}

fn pack_claim(claim: &Claim, strings: &mut Strings) -> PackedClaim {
    let statement = match &claim.statement {
        Statement::Mission { kind, sending, receiving, city, host, level } => PackedStatement::Mission(
            place(MissionKind::all(), kind),
            strings.of(sending),
            strings.of(receiving),
            strings.maybe(city.as_deref()),
            strings.maybe(host.as_deref()),
            level.map_or(0, |level| place(Level::ALL, &level) + 1),
        ),
        Statement::Accreditation { sending, receiving, city, host } => PackedStatement::Accreditation(
            strings.of(sending),
            strings.of(receiving),
            strings.maybe(city.as_deref()),
            strings.maybe(host.as_deref()),
        ),
        Statement::Relations { a, b } => PackedStatement::Relations(strings.of(a), strings.of(b)),
        Statement::Recognition { recognizer, recognized } => {
            PackedStatement::Recognition(strings.of(recognizer), strings.of(recognized))
        }
        Statement::Membership { member, organization, status } => {
            PackedStatement::Membership(strings.of(member), strings.of(organization), strings.of(status))
        }
        Statement::Protection { power, sending, receiving, city } => PackedStatement::Protection(
            strings.of(power),
            strings.of(sending),
            strings.of(receiving),
            strings.maybe(city.as_deref()),
        ),
        Statement::Border { a, b, metres } => PackedStatement::Border(strings.of(a), strings.of(b), *metres),
        Statement::Capital { subject, city } => PackedStatement::Capital(strings.of(subject), strings.of(city)),
        Statement::Count { subject, what, value } => {
            PackedStatement::Count(strings.of(subject), strings.of(what), *value)
        }
        Statement::Tie { a, b, sign, label, claimed_by } => PackedStatement::Tie(
            strings.of(a),
            strings.of(b),
            *sign,
            strings.of(label),
            strings.maybe(claimed_by.as_deref()),
        ),
    };
    PackedClaim {
        statement,
        denied: claim.polarity == Polarity::Denied,
        span: claim.span.packed(),
        document: strings.of(&claim.origin.document),
        line: u32::try_from(claim.origin.line).unwrap_or(u32::MAX),
    }
}

/// The compact form of a data set. Byte offsets within documents are left out; lines stay.
///
/// # Errors
/// [`PackedError`] if postcard refuses, which it does for no data set.
pub fn pack(data: &DataSet, gazetteer: &Gazetteer) -> Result<Vec<u8>, PackedError> {
    let mut strings = Strings::new();
    let witnesses = Witnesses::new(&data.sources);
    let groups = group::group(&data.claims, &witnesses, gazetteer);
    let mut named: Vec<&str> = Vec::new();
    for fact in &data.facts {
        named.extend(fact.nodes());
    }
    named.sort_unstable();
    named.dedup();
    let node = |slug: &str| named.binary_search(&slug).ok().and_then(|at| u32::try_from(at).ok()).unwrap_or(u32::MAX);
    let (mut heads, mut facts) = (Vec::with_capacity(data.facts.len() * HEAD), Vec::new());
    for fact in &data.facts {
        let claims = groups.get(&fact.key).map_or(&[][..], Vec::as_slice);
        let packed = PackedFact {
            key: pack_key(&fact.key, &mut strings),
            claims: claims.iter().map(|claim| pack_claim(claim, &mut strings)).collect(),
        };
        let (earliest, latest, ended) = fact.span().packed();
        let flags = [
            place(TieKind::ALL, &fact.key.kind()),
            u8::from(fact.is_denied()) | u8::from(fact.is_disputed()) << 1 | u8::from(ended.is_some()) << 2,
            0,
            0,
        ];
        let (over, gone) = ended.unwrap_or((0, 0));
        let at = u32::try_from(facts.len()).unwrap_or(u32::MAX);
        heads.extend(node(&fact.subject).to_le_bytes());
        heads.extend(node(&fact.object).to_le_bytes());
        heads.extend(flags);
        for number in [earliest, latest, over, gone, at] {
            heads.extend(number.to_le_bytes());
        }
        facts.extend(postcard::to_allocvec(&packed)?);
    }
    let sources = data
        .sources
        .iter()
        .map(|source| {
            (
                strings.of(&source.document),
                strings.of(&source.format),
                strings.maybe(source.about.as_deref()),
                strings.of(&source.edition),
                strings.of(&source.licence),
                place(Authority::ALL, &source.authority),
                strings.maybe(source.publisher.as_deref()),
                strings.of(&source.work),
            )
        })
        .collect();
    let nodes = named.iter().map(|slug| strings.of(slug)).collect();
    let strings = &strings.list;
    let whole =
        Whole { strings: strings.iter().map(String::as_str).collect(), sources, nodes, heads: &heads, facts: &facts };
    Ok(postcard::to_allocvec(&whole)?)
}

/// What a graph needs of a fact before the fact itself is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Node of the subject, by its place in [`PackedFacts::nodes`].
    pub subject: usize,
    /// Node of the object; past the end where the object is no entity.
    pub object: usize,
    /// Its kind.
    pub kind: TieKind,
    /// Whether the preferred reading denies it.
    pub denied: bool,
    /// Whether two readings exclude each other.
    pub disputed: bool,
    /// When it held, by the preferred readings.
    pub span: Span,
    at: usize,
}

/// The facts of a compact form, decoded one by one as they are asked for.
pub struct PackedFacts<'g> {
    /// The documents, by name.
    pub sources: Vec<Source>,
    gazetteer: &'g Gazetteer,
    witnesses: OnceLock<Witnesses>,
    strings: Vec<&'static str>,
    nodes: Vec<Text>,
    heads: &'static [u8],
    bytes: &'static [u8],
    decoded: Vec<OnceLock<Box<Fact>>>,
}

impl<'g> PackedFacts<'g> {
    /// Opens a compact form. O(strings + sources); no fact is decoded.
    ///
    /// # Errors
    /// [`PackedError`] where the bytes are none of [`pack`].
    pub fn open(bytes: &'static [u8], gazetteer: &'g Gazetteer) -> Result<PackedFacts<'g>, PackedError> {
        let whole: Whole<'static> = postcard::from_bytes(bytes)?;
        let text = |at: Text| whole.strings.get(at as usize).copied().unwrap_or("").to_owned();
        let present = |at: Text| (at != 0).then(|| text(at));
        let sources = whole
            .sources
            .iter()
            .map(|&(document, format, about, edition, licence, authority, publisher, work)| Source {
                document: text(document),
                format: text(format),
                about: present(about),
                edition: text(edition),
                licence: text(licence),
                authority: Authority::ALL.get(usize::from(authority)).copied().unwrap_or_default(),
                publisher: present(publisher),
                work: text(work),
            })
            .collect();
        let count = whole.heads.len() / HEAD;
        Ok(PackedFacts {
            sources,
            gazetteer,
            witnesses: OnceLock::new(),
            strings: whole.strings,
            nodes: whole.nodes,
            heads: whole.heads,
            bytes: whole.facts,
            decoded: std::iter::repeat_with(OnceLock::new).take(count).collect(),
        })
    }

    /// How many facts there are.
    pub fn len(&self) -> usize {
        self.decoded.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.decoded.is_empty()
    }

    /// Slugs of the nodes, in order.
    pub fn nodes(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.nodes.iter().map(|at| self.text(*at))
    }

    fn text(&self, at: Text) -> &'static str {
        self.strings.get(at as usize).copied().unwrap_or("")
    }

    /// Nodes of subject and object of the fact at `at`, its kind, and whether it is denied: what an edge is
    /// made of.
    ///
    /// # Panics
    /// If there is no such fact.
    pub fn ends(&self, at: usize) -> (usize, usize, TieKind, bool) {
        let bytes = &self.heads[at * HEAD..at * HEAD + 12];
        let number =
            |from: usize| u32::from_le_bytes([bytes[from], bytes[from + 1], bytes[from + 2], bytes[from + 3]]) as usize;
        let kind = TieKind::ALL.get(usize::from(bytes[8])).copied().unwrap_or(TieKind::Signed);
        (number(0), number(4), kind, bytes[9] & 1 != 0)
    }

    /// The head of the fact at `at`.
    ///
    /// # Panics
    /// If there is no such fact.
    pub fn head(&self, at: usize) -> Head {
        let bytes = &self.heads[at * HEAD..(at + 1) * HEAD];
        let number = |from: usize| u32::from_le_bytes([bytes[from], bytes[from + 1], bytes[from + 2], bytes[from + 3]]);
        let flags = bytes[9];
        let ended = (flags & 4 != 0).then(|| (number(20), number(24)));
        Head {
            subject: number(0) as usize,
            object: number(4) as usize,
            kind: TieKind::ALL.get(usize::from(bytes[8])).copied().unwrap_or(TieKind::Signed),
            denied: flags & 1 != 0,
            disputed: flags & 2 != 0,
            span: Span::unpacked((number(12), number(16), ended)),
            at: number(28) as usize,
        }
    }

    /// The fact at `at`.
    ///
    /// # Panics
    /// If there is no such fact, or the build is damaged.
    pub fn fact(&self, at: usize) -> &Fact {
        self.decoded[at].get_or_init(|| {
            let (key, claims) = self.decode(at);
            let claims: Vec<&Claim> = claims.iter().collect();
            let witnesses = self.witnesses.get_or_init(|| Witnesses::new(&self.sources));
            let fact = reconcile::fact(key, &claims, witnesses, self.gazetteer);
            Box::new(fact.expect("a fact rests on claims"))
        })
    }

    /// Key and claims of the fact at `at`.
    fn decode(&self, at: usize) -> (FactKey, Vec<Claim>) {
        let bytes = &self.bytes[self.head(at).at..];
        let (fact, _): (PackedFact, _) = postcard::take_from_bytes(bytes).expect("the build is sound");
        (self.key(fact.key), fact.claims.into_iter().map(|claim| self.claim(claim)).collect())
    }

    /// Every claim, in the order of the facts.
    pub fn claims(&self) -> Vec<Claim> {
        (0..self.len()).flat_map(|at| self.decode(at).1).collect()
    }

    fn key(&self, (kind, a, b, c, d, number): PackedKey) -> FactKey {
        let text = |at: Text| self.text(at).to_owned();
        let (a, b, past) = (text(a), text(b), number & 1 == 1);
        match TieKind::ALL.get(usize::from(kind)).copied().unwrap_or(TieKind::Signed) {
            TieKind::Mission => FactKey::Resident(a, b, past),
            TieKind::Post => {
                let class = CLASSES.get(usize::from(number >> 1)).copied().unwrap_or(MissionClass::Office);
                FactKey::Post(class, a, b, text(c), past)
            }
            TieKind::Accreditation => FactKey::Accreditation(a, b, past),
            TieKind::Protection => FactKey::Protection(a, b, past),
            TieKind::Relations => FactKey::Relations(a, b, number),
            TieKind::Recognition => FactKey::Recognition(a, b),
            TieKind::Membership => FactKey::Membership(a, b, number),
            TieKind::Border => FactKey::Border(a, b),
            TieKind::Capital => FactKey::Capital(a, b),
            TieKind::Count => FactKey::Count(a, b, text(c)),
            TieKind::Signed => FactKey::Tie(a, b, text(c), text(d)),
        }
    }

    fn claim(&self, packed: PackedClaim) -> Claim {
        let text = |at: Text| self.text(at).to_owned();
        let maybe = |at: Text| (at != 0).then(|| text(at));
        let statement = match packed.statement {
            PackedStatement::Mission(kind, sending, receiving, city, host, level) => Statement::Mission {
                kind: MissionKind::all().nth(usize::from(kind)).unwrap_or(MissionKind::Embassy),
                sending: text(sending),
                receiving: text(receiving),
                city: maybe(city),
                host: maybe(host),
                level: usize::from(level).checked_sub(1).and_then(|at| Level::ALL.get(at).copied()),
            },
            PackedStatement::Accreditation(sending, receiving, city, host) => Statement::Accreditation {
                sending: text(sending),
                receiving: text(receiving),
                city: maybe(city),
                host: maybe(host),
            },
            PackedStatement::Relations(a, b) => Statement::Relations { a: text(a), b: text(b) },
            PackedStatement::Recognition(recognizer, recognized) => {
                Statement::Recognition { recognizer: text(recognizer), recognized: text(recognized) }
            }
            PackedStatement::Membership(member, organization, status) => {
                Statement::Membership { member: text(member), organization: text(organization), status: text(status) }
            }
            PackedStatement::Protection(power, sending, receiving, city) => Statement::Protection {
                power: text(power),
                sending: text(sending),
                receiving: text(receiving),
                city: maybe(city),
            },
            PackedStatement::Border(a, b, metres) => Statement::Border { a: text(a), b: text(b), metres },
            PackedStatement::Capital(subject, city) => Statement::Capital { subject: text(subject), city: text(city) },
            PackedStatement::Count(subject, what, value) => {
                Statement::Count { subject: text(subject), what: text(what), value }
            }
            PackedStatement::Tie(a, b, sign, label, claimed_by) => {
                Statement::Tie { a: text(a), b: text(b), sign, label: text(label), claimed_by: maybe(claimed_by) }
            }
        };
        Claim {
            statement,
            polarity: if packed.denied { Polarity::Denied } else { Polarity::Asserted },
            span: Span::unpacked(packed.span),
            origin: Origin { document: text(packed.document), line: packed.line as usize, offset: 0 },
        }
    }
}
