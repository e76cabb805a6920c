//! Facts in the compact form that the program carries.
//!
//! A fact is its key and its claims; its readings are settled when it is first asked for, by the very code
//! that settles them in a file. What a graph needs of every fact (parties, kind, denial, span) stands in heads
//! of equal width, so that nothing is decoded to find a neighbour.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::continuity::carry_back;
use super::evidence::{Evidence, Use};
use super::precedence::Witnesses;
use super::spells::Verdict;
use super::{DataSet, reconcile};
use crate::model::{
    Authority, Bound, Claim, Fact, FactKey, ImpliedEnd, Level, Manner, MissionClass, MissionKind, Origin, Polarity,
    Settlement, Source, Span, Statement, TieKind,
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
    /// Claims that no fact takes anything from: what they say is another state's.
    moved: Vec<PackedClaim>,
}

/// Document, format, subject, edition, licence, authority, publisher, work.
type PackedSource = (Text, Text, Text, Text, Text, u8, Text, Text);

#[derive(Serialize, Deserialize)]
struct PackedFact {
    key: PackedKey,
    claims: Vec<PackedClaim>,
    verdict: Option<PackedVerdict>,
}

/// Kind, four strings, class of a post or whether it is a legation, spell.
type PackedKey = (u8, Text, Text, Text, Text, u8, u16);

/// Two days in numbers.
type PackedBound = (u32, u32);

/// Document and line.
type PackedPlace = (Text, u32);

#[derive(Serialize, Deserialize)]
struct PackedVerdict {
    began: PackedBound,
    over_by: u32,
    over_on: Option<PackedBound>,
    contested: bool,
    preferred: Option<bool>,
    implied: Option<(PackedBound, u8, Text, Vec<PackedPlace>)>,
    settlements: Vec<(Text, Vec<PackedPlace>, Vec<PackedPlace>)>,
}

#[derive(Serialize, Deserialize)]
struct PackedClaim {
    statement: PackedStatement,
    denied: bool,
    span: crate::model::PackedSpan,
    /// 0, or one more than the place of the manner.
    ending: u8,
    as_of: PackedBound,
    /// What the fact takes from it: its beginning, its end, that it stands; whether it is carried from a successor.
    roles: u8,
    document: Text,
    line: u32,
}

const BEGINS: u8 = 1;
const ENDS: u8 = 2;
const STANDS: u8 = 4;
const DERIVED: u8 = 8;

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
    let (c, d, class) = match key {
        FactKey::Legation(..) => (0, 0, 1),
        FactKey::Post(class, _, _, city, _) => (strings.of(city), 0, place(CLASSES, class)),
        FactKey::Count(_, _, date) => (strings.of(date), 0, 0),
        FactKey::Tie(_, _, label, date) => (strings.of(label), strings.of(date), 0),
        _ => (0, 0, 0),
    };
    (kind, a, b, c, d, class, key.spell())
}

fn pack_bound(bound: Bound) -> PackedBound {
    let (earliest, latest, _) = Span::since(bound).packed();
    (earliest, latest)
}

fn unpack_bound((earliest, latest): PackedBound) -> Bound {
    Span::unpacked((earliest, latest, None)).began
}

fn pack_places(origins: &[Origin], strings: &mut Strings) -> Vec<PackedPlace> {
    let line = |origin: &Origin| u32::try_from(origin.line).unwrap_or(u32::MAX);
    origins.iter().map(|origin| (strings.of(&origin.document), line(origin))).collect()
}

fn pack_verdict(verdict: &Verdict, strings: &mut Strings) -> Option<PackedVerdict> {
    if *verdict == Verdict::default() {
        return None;
    }
    let implied = verdict.implied.as_ref().map(|implied| {
        let by = pack_places(&implied.by, strings);
        (pack_bound(implied.on), place(Manner::ALL, &implied.manner), strings.of(&implied.rule), by)
    });
    let settlements = verdict.settlements.iter().map(|settlement| {
        let (by, against) = (pack_places(&settlement.by, strings), pack_places(&settlement.against, strings));
        (strings.of(&settlement.rule), by, against)
    });
    let settlements = settlements.collect();
    let preferred = verdict.preferred.map(|preferred| preferred == Polarity::Denied);
    let over_by = pack_bound(Bound { earliest: None, latest: verdict.over_by }).1;
    Some(PackedVerdict {
        began: pack_bound(verdict.began),
        over_by,
        over_on: verdict.over_on.map(pack_bound),
        contested: verdict.contested,
        preferred,
        implied,
        settlements,
    })
}

fn roles(it: &Use<'_>) -> u8 {
    let role = |is: bool, bit: u8| if is { bit } else { 0 };
    role(it.begins, BEGINS) | role(it.ends, ENDS) | role(it.stands, STANDS) | role(it.evidence.derived, DERIVED)
}

fn pack_claim(claim: &Claim, roles: u8, strings: &mut Strings) -> PackedClaim {
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
        ending: claim.ending.map_or(0, |ending| place(Manner::ALL, &ending) + 1),
        as_of: pack_bound(claim.as_of),
        roles,
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
    let carried = carry_back(&data.claims, gazetteer);
    let histories = reconcile::histories(&data.claims, &carried, &witnesses, gazetteer);
    let mut named: Vec<&str> = Vec::new();
    for fact in &data.facts {
        named.extend(fact.nodes());
    }
    named.sort_unstable();
    named.dedup();
    let node = |slug: &str| named.binary_search(&slug).ok().and_then(|at| u32::try_from(at).ok()).unwrap_or(u32::MAX);
    let (mut heads, mut facts) = (Vec::with_capacity(data.facts.len() * HEAD), Vec::new());
    for (key, reconcile::Told { spell, fact }) in &histories {
        let uses = spell.uses.iter();
        let packed = PackedFact {
            key: pack_key(key, &mut strings),
            claims: uses.map(|it| pack_claim(it.evidence.claim, roles(it), &mut strings)).collect(),
            verdict: pack_verdict(&spell.verdict, &mut strings),
        };
        let (earliest, latest, ended) = fact.life.packed();
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
    let moved = carried.moved.iter().map(|at| pack_claim(&data.claims[*at], 0, &mut strings)).collect();
    let strings = strings.list.iter().map(String::as_str).collect();
    let whole = Whole { strings, sources, nodes, heads: &heads, facts: &facts, moved };
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
    /// When it held, as far as everything that is known of it allows.
    pub life: Span,
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
    moved: Vec<PackedClaim>,
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
            moved: whole.moved,
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
            life: Span::unpacked((number(12), number(16), ended)),
            at: number(28) as usize,
        }
    }

    /// The fact at `at`.
    ///
    /// # Panics
    /// If there is no such fact, or the build is damaged.
    pub fn fact(&self, at: usize) -> &Fact {
        self.decoded[at].get_or_init(|| {
            let (key, claims, verdict) = self.decode(at);
            let witnesses = self.witnesses.get_or_init(|| Witnesses::new(&self.sources));
            let uses: Vec<Use<'_>> = claims
                .iter()
                .map(|(claim, roles)| {
                    let has = |bit: u8| roles & bit != 0;
                    let evidence = Evidence::new(claim, 0, has(DERIVED), witnesses);
                    Use { evidence, begins: has(BEGINS), ends: has(ENDS), stands: has(STANDS) }
                })
                .collect();
            let fact = reconcile::fact(&key, &uses, &verdict, witnesses, self.gazetteer);
            Box::new(fact.expect("a fact rests on claims"))
        })
    }

    /// Key, claims with their roles, and verdict of the fact at `at`.
    fn decode(&self, at: usize) -> (FactKey, Vec<(Claim, u8)>, Verdict) {
        let bytes = &self.bytes[self.head(at).at..];
        let (fact, _): (PackedFact, _) = postcard::take_from_bytes(bytes).expect("the build is sound");
        let claims = fact.claims.iter().map(|claim| (self.claim(claim), claim.roles)).collect();
        (self.key(fact.key), claims, self.verdict(fact.verdict))
    }

    /// Every claim, in order, each once.
    pub fn claims(&self) -> Vec<Claim> {
        let told = (0..self.len()).flat_map(|at| self.decode(at).1);
        let own = told.filter(|(_, roles)| roles & DERIVED == 0).map(|(claim, _)| claim);
        let mut claims: Vec<Claim> = own.chain(self.moved.iter().map(|claim| self.claim(claim))).collect();
        claims.sort();
        claims.dedup();
        claims
    }

    fn verdict(&self, packed: Option<PackedVerdict>) -> Verdict {
        let Some(packed) = packed else { return Verdict::default() };
        let places = |places: Vec<PackedPlace>| -> Vec<Origin> {
            let place = |(document, line): PackedPlace| Origin {
                document: self.text(document).to_owned(),
                line: line as usize,
                offset: 0,
            };
            places.into_iter().map(place).collect()
        };
        let implied = packed.implied.map(|(on, manner, rule, by)| ImpliedEnd {
            on: unpack_bound(on),
            manner: Manner::ALL.get(usize::from(manner)).copied().unwrap_or(Manner::Closed),
            rule: self.text(rule).to_owned(),
            by: places(by),
        });
        let settlements = packed.settlements.into_iter().map(|(rule, by, against)| Settlement {
            rule: self.text(rule).to_owned(),
            by: places(by),
            against: places(against),
        });
        Verdict {
            began: unpack_bound(packed.began),
            over_by: unpack_bound((0, packed.over_by)).latest,
            over_on: packed.over_on.map(unpack_bound),
            contested: packed.contested,
            preferred: packed.preferred.map(|denied| if denied { Polarity::Denied } else { Polarity::Asserted }),
            implied,
            settlements: settlements.collect(),
        }
    }

    fn key(&self, (kind, a, b, c, d, class, spell): PackedKey) -> FactKey {
        let text = |at: Text| self.text(at).to_owned();
        let (a, b) = (text(a), text(b));
        match TieKind::ALL.get(usize::from(kind)).copied().unwrap_or(TieKind::Signed) {
            TieKind::Mission if class == 1 => FactKey::Legation(a, b, spell),
            TieKind::Mission => FactKey::Resident(a, b, spell),
            TieKind::Post => {
                let class = CLASSES.get(usize::from(class)).copied().unwrap_or(MissionClass::Office);
                FactKey::Post(class, a, b, text(c), spell)
            }
            TieKind::Accreditation => FactKey::Accreditation(a, b, spell),
            TieKind::Protection => FactKey::Protection(a, b, spell),
            TieKind::Relations => FactKey::Relations(a, b, spell),
            TieKind::Recognition => FactKey::Recognition(a, b, spell),
            TieKind::Membership => FactKey::Membership(a, b, spell),
            TieKind::Border => FactKey::Border(a, b),
            TieKind::Capital => FactKey::Capital(a, b),
            TieKind::Count => FactKey::Count(a, b, text(c)),
            TieKind::Signed => FactKey::Tie(a, b, text(c), text(d)),
        }
    }

    fn claim(&self, packed: &PackedClaim) -> Claim {
        let text = |at: Text| self.text(at).to_owned();
        let maybe = |at: Text| (at != 0).then(|| text(at));
        let statement = match &packed.statement {
            PackedStatement::Mission(kind, sending, receiving, city, host, level) => Statement::Mission {
                kind: MissionKind::all().nth(usize::from(*kind)).unwrap_or(MissionKind::Embassy),
                sending: text(*sending),
                receiving: text(*receiving),
                city: maybe(*city),
                host: maybe(*host),
                level: usize::from(*level).checked_sub(1).and_then(|at| Level::ALL.get(at).copied()),
            },
            PackedStatement::Accreditation(sending, receiving, city, host) => Statement::Accreditation {
                sending: text(*sending),
                receiving: text(*receiving),
                city: maybe(*city),
                host: maybe(*host),
            },
            PackedStatement::Relations(a, b) => Statement::Relations { a: text(*a), b: text(*b) },
            PackedStatement::Recognition(recognizer, recognized) => {
                Statement::Recognition { recognizer: text(*recognizer), recognized: text(*recognized) }
            }
            PackedStatement::Membership(member, organization, status) => Statement::Membership {
                member: text(*member),
                organization: text(*organization),
                status: text(*status),
            },
            PackedStatement::Protection(power, sending, receiving, city) => Statement::Protection {
                power: text(*power),
                sending: text(*sending),
                receiving: text(*receiving),
                city: maybe(*city),
            },
            PackedStatement::Border(a, b, metres) => Statement::Border { a: text(*a), b: text(*b), metres: *metres },
            PackedStatement::Capital(subject, city) => {
                Statement::Capital { subject: text(*subject), city: text(*city) }
            }
            PackedStatement::Count(subject, what, value) => {
                Statement::Count { subject: text(*subject), what: text(*what), value: *value }
            }
            PackedStatement::Tie(a, b, sign, label, claimed_by) => Statement::Tie {
                a: text(*a),
                b: text(*b),
                sign: *sign,
                label: text(*label),
                claimed_by: maybe(*claimed_by),
            },
        };
        Claim {
            statement,
            polarity: if packed.denied { Polarity::Denied } else { Polarity::Asserted },
            span: Span::unpacked(packed.span),
            ending: usize::from(packed.ending).checked_sub(1).and_then(|at| Manner::ALL.get(at).copied()),
            as_of: unpack_bound(packed.as_of),
            origin: Origin { document: text(packed.document), line: packed.line as usize, offset: 0 },
        }
    }
}
