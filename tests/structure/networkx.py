"""Values of NetworkX for the graphs beside this file, as networkx.csv:

    pip install networkx==3.6.1 numpy scipy
    python tests/structure/networkx.py > tests/structure/networkx.csv
"""

import csv
import itertools
import pathlib
import sys

# This file is called as the library is.
here = pathlib.Path(__file__).parent
sys.path = [place for place in sys.path if pathlib.Path(place or ".").resolve() != here.resolve()]
import networkx as nx  # noqa: E402

out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(["graph", "measure", "node", "value"])
for name, kind in [("karate", nx.Graph), ("directed", nx.DiGraph)]:
    graph = kind()
    with open(here / f"{name}.csv") as rows:
        for row in csv.DictReader(rows):
            graph.add_edge(row["from"], row["to"], weight=float(row.get("weight") or 1))
    plain = nx.Graph(graph)
    measures = {
        "betweenness": nx.betweenness_centrality(graph),
        "closeness": nx.closeness_centrality(graph),
        "harmonic": {node: value / (len(graph) - 1) for node, value in nx.harmonic_centrality(graph).items()},
        "pagerank": nx.pagerank(graph, tol=1e-13, max_iter=1000),
        "eigenvector": nx.eigenvector_centrality(graph, tol=1e-13, max_iter=100000, weight="weight"),
        "transitivity": nx.clustering(plain),
        "core": nx.core_number(plain),
        "degree": dict(plain.degree()),
    }
    if graph.is_directed():
        measures["missions-received"] = dict(graph.in_degree(weight="weight"))
        measures["missions-sent"] = dict(graph.out_degree(weight="weight"))
        measures["reciprocity"] = nx.reciprocity(graph, graph.nodes)
    for measure, values in measures.items():
        for node in sorted(values, key=int):
            if values[node] is not None:
                out.writerow([name, measure, node, repr(float(values[node]))])
    for start, end in [("1", "20"), ("3", "27"), ("16", "5")]:
        ways = nx.shortest_simple_paths(graph, start, end, weight="weight")
        for rank, way in enumerate(itertools.islice(ways, 12), 1):
            out.writerow([name, f"way {start} {end}", rank, nx.path_weight(graph, way, "weight")])
