"""Opens every export of the whole world with programs that others wrote, and compares what they find:

    pip install -r tests/exports/requirements.txt
    python tests/exports/readers.py target/release/legation

Prints a line a check; exits with 1 if any of them fails.
"""

import collections
import csv
import datetime
import io
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

import antlr4
import igraph
import networkx as nx
import pandas
import pyarrow.parquet
from antlr4_cypher import CypherLexer, CypherParser

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
FOLDER = pathlib.Path(tempfile.mkdtemp())
SMALL = ["--of", "azerbaijan"]
DRAWN = ["--tie", "missions,accreditation"]
csv.field_size_limit(10**9)


def export(form, *arguments):
    """The path of an export."""
    path = FOLDER / "-".join([re.sub(r"\W", "", word) for word in [*arguments, form]])
    if not path.exists():
        subprocess.run([PROGRAM, "export", form, "-o", path, *arguments], check=True, stderr=subprocess.DEVNULL)
    return path


def table(form, *arguments):
    with open(export(form, *arguments), encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


# What all others are compared with: Python's own reader of CSV.
nodes = {row["id"]: row for row in table("nodes", "--past")}
ties = {row["id"]: row for row in table("edges", "--past")}
pairs = collections.Counter((row["source"], row["target"]) for row in ties.values())


def expect(found, wanted, what):
    if found != wanted:
        raise AssertionError(f"{what}: {found!r}, not {wanted!r}")


def of_kind(*kinds):
    return [row for row in ties.values() if row["tie"] in kinds]


def alike(values, row, skip=()):
    """Whether the values of a node or tie are those of its row in CSV."""
    for column, wanted in row.items():
        if column in skip:
            continue
        found = values.get(column)
        if found is None or found != found:
            found = ""
        elif isinstance(found, bool):
            found = str(found).lower()
        elif isinstance(found, float):
            expect(found, float(wanted or "nan"), f"{row['id']}, {column}")
            continue
        expect(str(found), wanted, f"{row['id']}, {column}")


def csv_tables():
    frame = pandas.read_csv(export("edges", "--past"), low_memory=False)
    expect(len(frame), len(ties), "rows")
    expect(frame["id"].is_unique, True, "distinct ids")
    expect(set(frame["source"]) | set(frame["target"]) <= set(nodes), True, "ends that are nodes")
    expect(len(pandas.read_csv(export("nodes", "--past"), keep_default_na=False)), len(nodes), "nodes")
    return len(nodes), len(ties)


def graphml_networkx():
    graph = nx.read_graphml(export("graphml", "--past"))
    expect(graph.is_directed() and graph.is_multigraph(), True, "directed multigraph")
    expect(set(graph), set(nodes), "nodes")
    for node, values in graph.nodes(data=True):
        alike(values, nodes[node], ["id"])
    for source, target, key, values in graph.edges(keys=True, data=True):
        expect((source, target), (ties[key]["source"], ties[key]["target"]), key)
        alike(values, ties[key], ["id", "source", "target", "type"])
    relations = nx.read_graphml(export("graphml", "--past", "--tie", "relations"))
    expect(relations.is_directed(), False, "relations are undirected")
    expect(relations.number_of_edges(), len(of_kind("relations")), "relations")
    return len(graph), graph.number_of_edges()


def graphml_igraph():
    graph = igraph.Graph.Read_GraphML(str(export("graphml", "--past")))
    names = graph.vs["id"]
    found = collections.Counter((names[edge.source], names[edge.target]) for edge in graph.es)
    expect(found, pairs, "ends")
    # igraph keeps no identities of edges: they are compared by what they say.
    columns = ["tie", "says", "city", "began", "ended", "sources"]
    said = collections.Counter(zip(*(graph.es[column] for column in columns)))
    expect(said, collections.Counter(tuple(row[column] for column in columns) for row in ties.values()), "values")
    baku = graph.vs.find(id="azerbaijan")
    expect((baku["label"], baku["capital"], baku["cow"]), ("Azerbaijan", "Baku", 373), "azerbaijan")
    return graph.vcount(), graph.ecount()


def gexf_elements():
    space = "{http://gexf.net/1.3}"
    root = xml.parse(export("gexf", "--past")).getroot()
    graph = root.find(f"{space}graph")
    expect((root.get("version"), graph.get("mode"), graph.get("timeformat")), ("1.3", "dynamic", "date"), "head")
    declared = {(a.get("class"), v.get("id")) for a in graph.iter(f"{space}attributes") for v in a}
    found = list(graph.iter(f"{space}node"))
    expect({node.get("id"): node.get("label") for node in found}, {k: v["label"] for k, v in nodes.items()}, "labels")
    edges, seen, spells = list(graph.iter(f"{space}edge")), set(), 0
    for edge in edges:
        row = ties[edge.get("id")]
        expect(edge.get("id") in seen, False, f"{edge.get('id')} twice")
        seen.add(edge.get("id"))
        expect([edge.get(k) for k in ("source", "target", "type", "kind")], [row[k] for k in ("source", "target", "type", "tie")], row["id"])
        for value in edge.iter(f"{space}attvalue"):
            expect(("edge", value.get("for")) in declared, True, "declared attributes")
        spell = edge.find(f"{space}spells/{space}spell")
        start, end = (spell.get("start"), spell.get("end")) if spell is not None else (None, None)
        expect(start or "", row["began_earliest"], f"{row['id']}, start")
        wanted = row["ended_latest"] or row["ended_earliest"]
        expect(end or "", max(wanted, start or "") if wanted else "", f"{row['id']}, end")
        for day in filter(None, [start, end]):
            datetime.date.fromisoformat(day)
        spells += spell is not None
    expect(spells > 15000, True, "spells")
    return len(found), len(edges)


def gexf_networkx():
    # NetworkX reads no graph that has edges of both sorts.
    for kind in ["missions", "relations"]:
        graph = nx.read_gexf(export("gexf", "--tie", kind))
        wanted = table("edges", "--tie", kind)
        expect(graph.is_directed(), kind == "missions", "direction")
        expect(graph.number_of_edges(), len(wanted), kind)
    return len(graph), graph.number_of_edges()


def node_link():
    with open(export("json", "--past"), encoding="utf-8") as file:
        graph = nx.node_link_graph(json.load(file))
    for node, values in graph.nodes(data=True):
        alike(values, nodes[node], ["id"])
    for source, target, key, values in graph.edges(keys=True, data=True):
        expect((source, target), (ties[key]["source"], ties[key]["target"]), key)
        alike(values, ties[key], ["id", "source", "target", "type"])
    expect(len(graph.graph["sources"]) > 300, True, "sources")
    return len(graph), graph.number_of_edges()


def pajek_one_kind():
    for kind in ["missions", "relations"]:
        path, wanted = export("pajek", "--tie", kind), table("edges", "--tie", kind)
        names = {row["id"]: row["label"] for row in table("nodes", "--tie", kind)}
        found = nx.read_pajek(path)
        expect(found.is_directed(), kind == "missions", "direction")
        way = (lambda a, b: (a, b)) if kind == "missions" else (lambda a, b: tuple(sorted((a, b))))
        ends = collections.Counter(way(names[row["source"]], names[row["target"]]) for row in wanted)
        expect(collections.Counter(way(a, b) for a, b in found.edges()), ends, f"{kind} in NetworkX")
        other = igraph.Graph.Read_Pajek(str(path))
        expect((other.vcount(), other.ecount()), (len(names), len(wanted)), f"{kind} in igraph")
        expect(collections.Counter(way(other.vs[e.source]["name"], other.vs[e.target]["name"]) for e in other.es), ends, f"{kind} in igraph")
    members = igraph.Graph.Read_Pajek(str(export("pajek", "--tie", "membership")))
    expect(members.is_bipartite(), True, "two modes")
    expect(members.ecount(), len(table("edges", "--tie", "membership")), "memberships")
    return other.vcount(), other.ecount()


def pajek_relations():
    """Each relation of the whole world, which NetworkX reads one at a time."""
    text = export("pajek", "--past").read_text("utf-8")
    head, *blocks = re.split(r"^(?=\*(?:Arcs|Edges) )", text, flags=re.M)
    total = 0
    for block in blocks:
        kind = re.match(r'\*(?:Arcs|Edges) :\d+ "(\w+)"\n', block)[1]
        graph = nx.parse_pajek(head + block)
        expect(graph.number_of_edges(), len(of_kind(kind)), kind)
        total += graph.number_of_edges()
    return len(graph), total


def parquet():
    frame = pyarrow.parquet.read_table(export("parquet", "--past")).to_pandas()
    expect(list(frame.columns), [column for column in next(iter(ties.values())) if column != "type"], "columns")
    flags = [column for column in frame.columns if frame[column].dtype != object and set(frame[column].dropna()) <= {0, 1} and column in ("over", "mutual", "denied", "disputed")]
    expect(flags, ["over", "mutual", "denied", "disputed"], "flags")
    for row in frame.to_dict("records"):
        values = {k: bool(v) if k in flags else v for k, v in row.items()}
        whole = {k: int(v) if k in ("sign", "metres", "works") and v == v else v for k, v in values.items()}
        alike(whole, ties[row["id"]], ["type"])
    return len(nodes), len(frame)


def geojson():
    with open(export("geojson", "--past"), encoding="utf-8") as file:
        found = json.load(file)
    expect(found["type"], "FeatureCollection", "type")
    wanted = [row for row in of_kind("missions", "posts") if row["latitude"]]
    expect([feature["id"] for feature in found["features"]], [row["id"] for row in wanted], "ids")
    for feature, row in zip(found["features"], wanted):
        longitude, latitude = feature["geometry"]["coordinates"]
        expect((str(longitude), str(latitude)), (str(float(row["longitude"])), str(float(row["latitude"]))), row["id"])
        expect(-180 <= longitude <= 180 and -90 <= latitude <= 90, True, row["id"])
        alike(feature["properties"], row, ["id", "source", "target", "type"])
    return 0, len(wanted)


def kml():
    space = "{http://www.opengis.net/kml/2.2}"
    root = xml.parse(export("kml", "--past")).getroot()
    points = 0
    for folder in root.iter(f"{space}Folder"):
        for mark in folder.iter(f"{space}Placemark"):
            data = {item.get("name"): item.find(f"{space}value").text for item in mark.iter(f"{space}Data")}
            row = ties[data["id"]]
            alike(data, row, ["source", "target", "type"])
            expect(folder.find(f"{space}name").text, nodes[row["source"]]["label"], row["id"])
            expect(mark.find(f"{space}Point/{space}coordinates").text, f"{row['longitude']},{row['latitude']}", row["id"])
            expect(mark.findtext(f"{space}TimeSpan/{space}begin") or "", row["began_earliest"], row["id"])
            points += 1
    expect(points, sum(1 for row in of_kind("missions", "posts") if row["latitude"]), "points")
    return 0, points


def mermaid():
    """Lines of the grammar of flowcharts that the program uses."""
    lines = export("mermaid", *SMALL, *DRAWN).read_text("utf-8").splitlines()
    expect(lines[0], "flowchart LR", "head")
    label = r'"(?:[^"<>`|#&]|#\d+;)+"'
    named = [re.fullmatch(rf"  (n\d+)\[{label}\]", line) for line in lines]
    drawn = [re.fullmatch(rf"  (n\d+) (?:-->|---)\|{label}\| (n\d+)", line) for line in lines]
    expect(sum(1 for pair in zip(named, drawn) if any(pair)), len(lines) - 1, "lines that are of the grammar")
    ids = {found[1] for found in named if found}
    expect({end for found in drawn if found for end in found.groups()}, ids, "ends that are nodes")
    wanted = table("edges", *SMALL, *DRAWN)
    expect(sum(1 for found in drawn if found), len(wanted), "ties")
    return len(ids), len(wanted)


def statements(path):
    return [part for part in re.split(r"(?<=;)\n(?=UNWIND|\Z)", path.read_text("utf-8")) if part]


def cypher_parsed():
    """The openCypher grammar of antlr4-cypher; slow, so that a state must do."""
    maps = collections.Counter()
    for statement in statements(export("cypher", *SMALL)):
        parser = CypherParser(antlr4.CommonTokenStream(CypherLexer(antlr4.InputStream(statement))))
        tree = parser.script()
        expect(parser.getNumberOfSyntaxErrors(), 0, "syntax errors")
        walk = [tree]
        while walk:
            node = walk.pop()
            if isinstance(node, CypherParser.MapLitContext):
                maps[node.getText().split(":")[0]] += 1
            walk.extend(node.getChildren() if hasattr(node, "getChildren") else [])
    wanted = table("nodes", *SMALL), table("edges", *SMALL)
    # Beside the rows, every pattern of a node has one.
    patterns = export("cypher", *SMALL).read_text("utf-8").count(":Entity {slug: row.")
    expect((maps["{slug"] - patterns, maps["{a"]), tuple(map(len, wanted)), "rows")
    return len(wanted[0]), len(wanted[1])


def cypher_run():
    """The script run twice in a database; nothing is there twice."""
    import graphqlite

    database = graphqlite.connect(":memory:")
    for _ in range(2):
        for statement in statements(export("cypher", *SMALL)):
            database.cypher(statement.rstrip(";\n"))
    count = lambda query: next(iter(database.cypher(query)[0].values()))
    found = count("MATCH (n:Entity) RETURN count(n)"), count("MATCH ()-[t]->() RETURN count(t)")
    wanted = table("nodes", *SMALL), table("edges", *SMALL)
    expect(found, tuple(map(len, wanted)), "nodes and relationships")
    rows = {row["id"]: row for row in wanted[1]}
    query = "MATCH (a)-[t]->(b) RETURN a.slug AS source, b.slug AS target, t.id AS id, t.tie AS tie, t.city AS city, t.began AS began, t.sources AS sources"
    for row in database.cypher(query):
        alike(row, {key: rows[row["id"]][key] for key in ("id", "source", "target", "tie", "city", "began", "sources")})
    return found


def can_load_extensions():
    return hasattr(sqlite3.connect(":memory:"), "enable_load_extension")


def panels():
    """A panel in its three forms."""
    span = ["--from", "2019", "--to", "2028"]
    for form, codes in [("dyad-years", ["ccode1", "ccode2"]), ("country-years", ["ccode"])]:
        frames = []
        for ending in ["csv", "parquet", "json"]:
            path = FOLDER / f"{form}.{ending}"
            subprocess.run([PROGRAM, "export", form, "-o", path, *span], check=True, stderr=subprocess.DEVNULL)
            if ending == "csv":
                frames.append(pandas.read_csv(path))
            elif ending == "parquet":
                frames.append(pandas.read_parquet(path))
            else:
                frames.append(pandas.DataFrame(json.loads(path.read_text("utf-8"))["rows"])[frames[0].columns])
        first = frames[0].astype("float64")
        for other in frames[1:]:
            pandas.testing.assert_frame_equal(first, other.astype("float64"))
        expect(first.duplicated([*codes, "year"]).any(), False, "rows twice")
        for column in [column for column in first.columns if column + "_possible" in first]:
            known = first[first[column].notna()]
            told = known[known[column + "_possible"].notna()]
            expect(len(told) > 0, True, f"rows that tell {column}")
            expect((told[column] <= told[column + "_possible"]).all(), True, f"bounds of {column}")
            untold = known[known[column + "_possible"].isna()]
            expect((untold[column] == 0).all(), True, f"{column} of which no source speaks")
            expect(first[first["year"] == 2028][column].isna().all(), True, f"{column} after the sources")
    return len(first[codes[0]].unique()), len(first)


CHECKS = [
    ("edges, nodes: pandas", csv_tables),
    ("graphml: NetworkX", graphml_networkx),
    ("graphml: igraph", graphml_igraph),
    ("gexf: xml.etree", gexf_elements),
    ("gexf: NetworkX, one kind", gexf_networkx),
    ("json: NetworkX", node_link),
    ("pajek: NetworkX and igraph, one kind", pajek_one_kind),
    ("pajek: NetworkX, every relation", pajek_relations),
    ("parquet: pyarrow", parquet),
    ("dyad-years, country-years: pandas", panels),
    ("geojson: json", geojson),
    ("kml: xml.etree", kml),
    ("mermaid: grammar, one state", mermaid),
    ("cypher: antlr4-cypher, one state", cypher_parsed),
    ("cypher: GraphQLite, one state", cypher_run),
]

failed = 0
for name, check in CHECKS:
    if check is cypher_run and not can_load_extensions():
        print(f"left out  {name}: this Python's SQLite loads no extensions")
        continue
    try:
        found = check()
        print(f"ok        {name}: {found[0]} nodes, {found[1]} {'rows' if check is panels else 'ties'}")
    except Exception as error:  # One line a check, whatever went wrong.
        failed += 1
        print(f"FAILED    {name}: {type(error).__name__}: {str(error)[:300]}")
sys.exit(1 if failed else 0)
