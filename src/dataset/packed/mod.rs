//! Facts in the compact form that the program carries.
//!
//! A fact is its key and its claims; its readings are settled when it is first asked for, by the very code
//! that settles them in a file. What a graph needs of every fact (parties, kind, denial, span) stands in heads
//! of equal width, so that nothing is decoded to find a neighbour.

mod form;
mod write;

use std::sync::OnceLock;

use super::evidence::{Evidence, Use};
use super::precedence::Witnesses;
use super::reconcile;
use super::spells::Verdict;
use crate::model::{
    Authority, Claim, Fact, FactKey, FieldReader, ImpliedEnd, KeyParts, Manner, MissionClass, Origin, Polarity,
    Settlement, Source, Span, Statement, TieKind, Word,
};
use crate::names::Gazetteer;
use form::{
    BEGINS, DERIVED, ENDS, HEAD, PackedClaim, PackedFact, PackedKey, PackedPlace, PackedVerdict, STANDS, Text, Whole,
    unpack_bound,
};
pub use write::pack;

/// A compact form that does not hold together: only a damaged build has one.
#[derive(Debug, thiserror::Error)]
#[error("the data set in the program is damaged: {0}")]
pub struct PackedError(#[from] postcard::Error);

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
            .map(|&(document, format, title, address, about, edition, licence, authority, publisher, work)| Source {
                document: text(document).into(),
                format: text(format),
                title: text(title),
                address: text(address),
                about: present(about).map(Into::into),
                edition: text(edition),
                licence: text(licence),
                authority: Authority::ALL.get(usize::from(authority)).copied().unwrap_or_default(),
                publisher: present(publisher).map(Into::into),
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
        let decoded = (0..self.len()).flat_map(|at| self.decode(at).1);
        let own = decoded.filter(|(_, roles)| roles & DERIVED == 0).map(|(claim, _)| claim);
        let mut claims: Vec<Claim> = own.chain(self.moved.iter().map(|claim| self.claim(claim))).collect();
        claims.sort();
        claims.dedup();
        claims
    }

    fn verdict(&self, packed: Option<PackedVerdict>) -> Verdict {
        let Some(packed) = packed else { return Verdict::default() };
        let places = |places: Vec<PackedPlace>| -> Vec<Origin> {
            let place = |(document, line): PackedPlace| Origin {
                document: self.text(document).into(),
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

    fn key(&self, (kind, texts, class, spell): PackedKey) -> FactKey {
        FactKey::from_parts(KeyParts {
            kind: TieKind::at(kind).unwrap_or(TieKind::Signed),
            class: class.checked_sub(1).and_then(MissionClass::at),
            texts: texts.map(|text| self.text(text)),
            spell,
        })
    }

    fn claim(&self, packed: &PackedClaim) -> Claim {
        let kind = TieKind::at(packed.kind).unwrap_or(TieKind::Signed);
        let mut fields = Fields { facts: self, values: packed.fields.iter() };
        let statement = Statement::read_fields(kind, &mut fields);
        Claim {
            statement: statement.unwrap_or_else(|Damaged| panic!("the build is sound")),
            polarity: if packed.denied { Polarity::Denied } else { Polarity::Asserted },
            span: Span::unpacked(packed.span),
            ending: usize::from(packed.ending).checked_sub(1).and_then(|at| Manner::ALL.get(at).copied()),
            as_of: unpack_bound(packed.as_of),
            origin: Origin { document: self.text(packed.document).into(), line: packed.line as usize, offset: 0 },
        }
    }
}

/// A field that is not there, or no word of its list: only a damaged build has one.
struct Damaged;

/// The fields of a packed statement, in their order.
struct Fields<'f, 'g> {
    facts: &'f PackedFacts<'g>,
    values: std::slice::Iter<'f, u64>,
}

impl FieldReader for Fields<'_, '_> {
    type Error = Damaged;

    fn text(&mut self, _: &'static str) -> Option<String> {
        let at = self.values.next().and_then(|at| Text::try_from(*at).ok()).filter(|at| *at != 0)?;
        Some(self.facts.text(at).to_owned())
    }

    fn number(&mut self, _: &'static str) -> Option<i64> {
        let zigzag = self.values.next()?.checked_sub(1)?;
        Some((zigzag >> 1).cast_signed() ^ -((zigzag & 1).cast_signed()))
    }

    fn word<T: Word>(&mut self, _: &'static str) -> Result<Option<T>, Damaged> {
        match self.values.next() {
            None | Some(0) => Ok(None),
            Some(place) => u8::try_from(place - 1).ok().and_then(T::at).map(Some).ok_or(Damaged),
        }
    }

    fn missing(&self, _: &'static str) -> Damaged {
        Damaged
    }
}
