//! Writing the compact form.

use std::collections::BTreeMap;

use super::super::continuity::carry_back;
use super::super::evidence::Use;
use super::super::precedence::Witnesses;
use super::super::spells::Verdict;
use super::super::{DataSet, reconcile};
use super::PackedError;
use super::form::{
    BEGINS, DERIVED, ENDS, HEAD, PackedBound, PackedClaim, PackedFact, PackedKey, PackedPlace, PackedVerdict, STANDS,
    Text, Whole,
};
use crate::model::{Bound, Claim, FactKey, FieldWriter, Origin, Polarity, Span, Word};
use crate::names::Gazetteer;

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

/// The fields of a statement on their way into the form.
struct Fields<'s> {
    strings: &'s mut Strings,
    values: Vec<u64>,
}

impl FieldWriter for Fields<'_> {
    fn text(&mut self, _: &'static str, value: Option<&str>) {
        let at = self.strings.maybe(value);
        self.values.push(u64::from(at));
    }

    fn number(&mut self, _: &'static str, value: Option<i64>) {
        // Zigzag, so that small negative numbers stay small.
        self.values.push(value.map_or(0, |value| (value.wrapping_shl(1) ^ (value >> 63)).cast_unsigned() + 1));
    }

    fn word<T: Word>(&mut self, _: &'static str, value: Option<T>) {
        self.values.push(value.map_or(0, |word| u64::from(word.place()) + 1));
    }
}

fn pack_key(key: &FactKey, strings: &mut Strings) -> PackedKey {
    let parts = key.parts();
    let texts = parts.texts.map(|text| strings.of(text));
    (parts.kind.place(), texts, parts.class.map_or(0, |class| class.place() + 1), parts.spell)
}

fn pack_bound(bound: Bound) -> PackedBound {
    let (earliest, latest, _) = Span::since(bound).packed();
    (earliest, latest)
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
        (pack_bound(implied.on), implied.manner.place(), strings.of(&implied.rule), by)
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
    let mut fields = Fields { strings, values: Vec::with_capacity(6) };
    claim.statement.write_fields(&mut fields);
    let fields = fields.values;
    PackedClaim {
        kind: claim.statement.kind().place(),
        fields,
        denied: claim.polarity == Polarity::Denied,
        span: claim.span.packed(),
        ending: claim.ending.map_or(0, |ending| ending.place() + 1),
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
    let carried = carry_back(&data.claims, &witnesses, gazetteer);
    let histories = reconcile::histories(&data.claims, &carried, &witnesses, gazetteer);
    let mut named: Vec<&str> = Vec::new();
    for fact in &data.facts {
        named.extend(fact.nodes());
    }
    named.sort_unstable();
    named.dedup();
    let node = |slug: &str| named.binary_search(&slug).ok().and_then(|at| u32::try_from(at).ok()).unwrap_or(u32::MAX);
    let (mut heads, mut facts) = (Vec::with_capacity(data.facts.len() * HEAD), Vec::new());
    for (key, reconcile::Reconciled { spell, fact }) in &histories {
        let uses = spell.uses.iter();
        let packed = PackedFact {
            key: pack_key(key, &mut strings),
            claims: uses.map(|it| pack_claim(it.evidence.claim, roles(it), &mut strings)).collect(),
            verdict: pack_verdict(&spell.verdict, &mut strings),
        };
        let (earliest, latest, ended) = fact.life.packed();
        let flags = [
            fact.key.kind().place(),
            u8::from(fact.is_denied()) | u8::from(fact.is_disputed()) << 1 | u8::from(ended.is_some()) << 2,
            0,
            0,
        ];
        let (over, gone) = ended.unwrap_or((0, 0));
        let at = u32::try_from(facts.len()).unwrap_or(u32::MAX);
        heads.extend(node(fact.subject()).to_le_bytes());
        heads.extend(node(fact.object()).to_le_bytes());
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
                strings.of(&source.title),
                strings.of(&source.address),
                strings.maybe(source.about.as_deref()),
                strings.of(&source.edition),
                strings.of(&source.licence),
                source.authority.place(),
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
