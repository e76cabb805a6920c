"""The same work by others, to be timed beside legation on one machine.

    pip install numpy duckdb numba
    python benches/peers.py panel state_year_formatv3.csv      # whole processes, and whether all rows agree
    python benches/peers.py nearest big.csv 5000               # work of the first members once read and compiled
    pip install igraph networkit rustworkx
    python benches/peers.py leiden lfr.csv                     # modularity, NMI with what is planted, seconds
    python benches/peers.py planted lfr1.csv lfr2.csv …        # mean NMI of igraph, five seeds each, until nothing moves
    python benches/peers.py centrality even.csv [directed]     # betweenness, closeness, PageRank, distances

`big.csv` comes from `cargo bench --bench network -- 100000 20000 2000000 > big.csv`, `lfr.csv` from `cargo bench --bench graph --
lfr 10000 0.42 1 > lfr.csv`, `even.csv` from `cargo bench --bench graph -- even 1000 100000 1 > even.csv`. `cargo bench --bench
overlap` and `cargo bench --bench structure` time the same on legation's side. LEGATION names the program (target/release/legation if it is not set).
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 5


def panel_numpy(source, target):
    import numpy as np

    columns = open(source).readline().count(",") + 1
    table = np.loadtxt(source, delimiter=",", skiprows=1, usecols=[0, 1, *range(3, columns)], dtype=np.int16)
    states, years, joint = table[:, 0], table[:, 1], np.isin(table[:, 2:], (1, 2)).astype(np.float32)
    rows = []
    for year in np.unique(years):
        here = years == year
        shared = joint[here] @ joint[here].T
        one, other = np.triu_indices(here.sum(), 1)
        code = states[here]
        rows.append(np.column_stack([code[one], code[other], np.full(len(one), year), shared[one, other]]))
    np.savetxt(target, np.vstack(rows), fmt="%d", delimiter=",", header="ccode1,ccode2,year,dyadigos", comments="")


def panel_duckdb(source, target):
    import duckdb

    base = duckdb.connect()
    base.execute("set threads = 2")
    base.execute(f"create table wide as select * from read_csv('{source}')")
    base.execute(
        "create table held as select ccode, year, igo from"
        " (unpivot wide on columns(* exclude (ccode, year, state)) into name igo value status) where status in (1, 2)"
    )
    base.execute(
        "copy (with shared as (select a.ccode one, b.ccode other, a.year, count(*) igos from held a join held b"
        " on a.year = b.year and a.igo = b.igo and a.ccode < b.ccode group by all)"
        " select a.ccode ccode1, b.ccode ccode2, a.year, coalesce(igos, 0) dyadigos from wide a join wide b"
        " on a.year = b.year and a.ccode < b.ccode left join shared"
        f" on one = a.ccode and other = b.ccode and shared.year = a.year) to '{target}' (header)"
    )


def rows(path):
    with open(path) as lines:
        return sorted(line.strip() for line in lines)


def panel(source):
    folder = tempfile.mkdtemp()
    program = os.environ.get("LEGATION", "target/release/legation")
    itself = [sys.executable, __file__]
    out = {name: os.path.join(folder, name + ".csv") for name in ("legation", "numpy", "duckdb")}
    commands = {
        "legation": [program, "overlap", "--panel", "--data", source],
        "numpy": [*itself, "panel_numpy", source, out["numpy"]],
        "duckdb": [*itself, "panel_duckdb", source, out["duckdb"]],
    }
    walls = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, command in commands.items():
            # legation writes to its output, the others to the file that they are given; nobody waits for the disk.
            with open(out[name], "w") as written:
                began = time.perf_counter()
                subprocess.run(command, check=True, stdout=written, stderr=subprocess.DEVNULL)
                walls[name].append(time.perf_counter() - began)
    mine = statistics.median(walls["legation"])
    wanted = rows(out["legation"])
    for name, wall in walls.items():
        median = statistics.median(wall)
        same = "same rows" if rows(out[name]) == wanted else "OTHER ROWS"
        print(f"{name:10} {median:7.3f} s   {median / mine:5.1f} times   {same}")


def nearest(source, first):
    import numba
    import numpy as np

    numba.set_num_threads(2)
    pairs = np.array([[int(cell[1:]) for cell in line.split(",")] for line in open(source).readlines()[1:]], np.int64)
    members, organizations = pairs[:, 0].max() + 1, pairs[:, 1].max() + 1

    def lists(key, item, many):
        order = np.lexsort((item, key))
        starts = np.zeros(many + 1, np.int64)
        np.cumsum(np.bincount(key, minlength=many), out=starts[1:])
        return starts, item[order]

    @numba.njit(parallel=True)
    def work(own, mine, theirs, held, first, most, members):
        best = np.zeros((first, most, 2), np.int32)
        for part in numba.prange(64):
            count = np.zeros(members, np.int32)
            seen = np.empty(members, np.int32)
            for member in range(part * first // 64, (part + 1) * first // 64):
                many = 0
                for at in range(own[member], own[member + 1]):
                    for place in range(theirs[mine[at]], theirs[mine[at] + 1]):
                        other = held[place]
                        if count[other] == 0:
                            seen[many] = other
                            many += 1
                        count[other] += 1
                kept = 0
                for at in range(many):
                    other, shared = seen[at], count[seen[at]]
                    count[other] = 0
                    if other == member:
                        continue
                    place = kept
                    while place > 0:
                        known, many_known = best[member, place - 1]
                        if many_known > shared or many_known == shared and known < other:
                            break
                        place -= 1
                    if place < most:
                        kept = min(kept + 1, most)
                        for later in range(kept - 1, place, -1):
                            best[member, later] = best[member, later - 1]
                        best[member, place, 0] = other
                        best[member, place, 1] = shared
        return best

    own, mine = lists(pairs[:, 0], pairs[:, 1], members)
    theirs, held = lists(pairs[:, 1], pairs[:, 0], organizations)
    work(own, mine, theirs, held, 1, 10, members)
    walls = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work(own, mine, theirs, held, first, 10, members)
        walls.append(time.perf_counter() - began)
    print(f"numba, two threads: {statistics.median(walls):.3f} s of work for the first {first} members")


def edges(source):
    with open(source) as lines:
        next(lines)
        return [tuple(map(int, line.strip().split(","))) for line in lines]


def timed(name, work, runs=RUNS):
    work()
    walls = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        walls.append(time.perf_counter() - began)
    print(f"{name}: {statistics.median(walls) * 1000:.2f} ms", flush=True)


def lfr(source):
    import igraph

    rows = edges(source)
    nodes = max(max(row[:2]) for row in rows) + 1
    communities = [0] * nodes
    for row in rows:
        communities[row[0]], communities[row[1]] = row[2:]
    return rows, communities, igraph.Graph(nodes, [row[:2] for row in rows])


def planted(*sources):
    import random

    import igraph

    found = []
    for source in sources:
        _, communities, graph = lfr(source)
        for seed in range(1, RUNS + 1):
            random.seed(seed)
            part = graph.community_leiden("modularity", n_iterations=-1)
            found.append(igraph.compare_communities(part.membership, communities, method="nmi"))
    print(f"igraph Leiden: mean NMI {statistics.mean(found):.4f} of {len(found)} runs")


def leiden(source):
    import random

    import igraph
    import networkit

    rows, communities, graph = lfr(source)
    nodes = len(communities)
    found, walls = [], []
    for seed in range(1, RUNS + 1):
        random.seed(seed)
        began = time.perf_counter()
        part = graph.community_leiden("modularity")
        walls.append(time.perf_counter() - began)
        found.append((part.modularity, igraph.compare_communities(part.membership, communities, method="nmi")))
    print(
        f"igraph Leiden: {statistics.median(walls) * 1000:.1f} ms, median modularity"
        f" {statistics.median(pair[0] for pair in found):.5f}, mean NMI {statistics.mean(pair[1] for pair in found):.4f}"
    )
    other = networkit.Graph(nodes)
    for row in rows:
        other.addEdge(row[0], row[1])
    for threads in (1, 2):
        networkit.setNumberOfThreads(threads)
        for name, make in [
            ("ParallelLeiden", lambda: networkit.community.ParallelLeiden(other, iterations=2)),
            ("PLM", lambda: networkit.community.PLM(other, refine=True)),
        ]:
            walls, qualities = [], []
            for seed in range(1, RUNS + 1):
                networkit.setSeed(seed, False)
                algorithm = make()
                began = time.perf_counter()
                algorithm.run()
                walls.append(time.perf_counter() - began)
                qualities.append(networkit.community.Modularity().getQuality(algorithm.getPartition(), other))
            print(
                f"networkit {name}, {threads} threads: {statistics.median(walls) * 1000:.1f} ms,"
                f" median modularity {statistics.median(qualities):.5f}"
            )


def centrality(source, kind="undirected"):
    import igraph
    import networkit
    import rustworkx

    directed = kind == "directed"
    rows = edges(source)
    nodes = max(max(row) for row in rows) + 1
    one = igraph.Graph(nodes, rows, directed=directed)
    other = networkit.Graph(nodes, directed=directed)
    for row in rows:
        other.addEdge(*row)
    third = (rustworkx.PyDiGraph if directed else rustworkx.PyGraph)()
    third.add_nodes_from(range(nodes))
    third.add_edges_from_no_data(rows)
    timed("igraph betweenness", lambda: one.betweenness(directed=directed))
    timed("igraph closeness", lambda: one.closeness(mode="out"))
    timed("igraph PageRank", lambda: one.pagerank())
    timed("igraph distances", lambda: one.distances())
    for threads in (1, 2):
        networkit.setNumberOfThreads(threads)
        timed(f"networkit betweenness, {threads} threads", lambda: networkit.centrality.Betweenness(other).run())
        variant = networkit.centrality.ClosenessVariant.GENERALIZED
        timed(f"networkit closeness, {threads} threads", lambda: networkit.centrality.Closeness(other, False, variant).run())
        timed(f"networkit PageRank, {threads} threads", lambda: networkit.centrality.PageRank(other).run())
        timed(f"networkit distances, {threads} threads", lambda: networkit.distance.APSP(other).run())
    timed("rustworkx betweenness", lambda: rustworkx.betweenness_centrality(third))
    timed("rustworkx closeness", lambda: rustworkx.closeness_centrality(third))
    timed("rustworkx PageRank", lambda: rustworkx.pagerank(third.to_directed() if not directed else third))
    timed("rustworkx distances", lambda: rustworkx.distance_matrix(third))


if __name__ == "__main__":
    what, arguments = sys.argv[1], sys.argv[2:]
    if what == "nearest":
        nearest(arguments[0], int(arguments[1]))
    else:
        others = {"leiden": leiden, "planted": planted, "centrality": centrality}
        {**others, "panel": panel, "panel_numpy": panel_numpy, "panel_duckdb": panel_duckdb}[what](*arguments)
